import { area, jindong, pujiang } from '../../../../test/support/network.js';
import { idOf } from '../../../../test/support/relay.js';
import { RelayOverHttp } from '../../../../test/support/relay-over-http.js';
import type { HttpCaller } from '../../../../test/support/station-over-http.js';

let relay: RelayOverHttp;
let jindongs: HttpCaller;
let pujiangs: HttpCaller;
const visitsOf = async (caller: HttpCaller, query = '') => {
  const { items } = (await caller.get(`/api/v1/visits${query}`)).body as unknown as { items: { visitId: string }[] };
  return items.map(({ visitId }) => visitId);
};

beforeAll(async () => {
  relay = await RelayOverHttp.open();
  await relay.enrol('R1');
  await relay.enrolOutside('O1');
  await relay.arrive('seen', 'G1', 'O1');
  await relay.check('seen');
  jindongs = relay.http.as({ role: 'command_centre', counties: ['330703'] });
  pujiangs = relay.http.as({ role: 'command_centre', counties: ['330726'] });
});
afterAll(() => relay.close());

test('a command centre of counties sees the trucks at their stations, and no others', async () => {
  expect(await visitsOf(jindongs)).toEqual([idOf('seen')]);
  expect(await visitsOf(jindongs, `?stationCode=${jindong}`)).toEqual([idOf('seen')]);
  expect(await visitsOf(jindongs, `?stationCode=${pujiang}`)).toEqual([]);
  expect(await visitsOf(pujiangs)).toEqual([]);
  expect((await jindongs.get(`/api/v1/visits/${idOf('seen')}`)).status).toBe(200);
  expect((await pujiangs.get(`/api/v1/visits/${idOf('seen')}`)).status).toBe(404);
});

test('and what is handed over there, with the reasons', async () => {
  const { handoffId } = await relay.visit('seen');
  for (const path of [`handoffs/${handoffId}`, `handoffs/${handoffId}/why-not`]) {
    expect([path, (await jindongs.get(`/api/v1/${path}`)).status]).toEqual([path, 200]);
    expect([path, (await pujiangs.get(`/api/v1/${path}`)).status >= 403]).toEqual([path, true]);
  }
});

test('it changes nothing: neither in the area that its counties lie in, nor at their stations', async () => {
  for (const [path, body] of [
    [
      'zones',
      {
        zoneId: 'z',
        areaCode: area,
        level: 'silent',
        countyCodes: ['330703'],
        stationCodes: [],
        startsAt: '2026-03-02T08:00:00+08:00',
        policy: { id: 'cn-freight', version: '2026-01' },
      },
    ],
    ['drivers', { driverId: 'R9', areaCode: area, insideZoneId: null, licences: ['A2'] }],
    [`stations/${jindong}/suspension`, { reason: 'x' }],
  ] as const) {
    expect([path, (await jindongs.post(`/api/v1/${path}`, body)).status]).toEqual([path, 403]);
  }
});
