import { area, jindong, openNetwork, outsideDriver, pujiang } from '../../../../test/support/network.js';
import { failed, idOf, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, type StationOverHttp, stationOverHttp } from '../../../../test/support/station-over-http.js';

const minute = 60_000;
const exceptions = '/api/v1/exceptions';

let station: RunningStation;
let http: StationOverHttp;
let ofJindong: HttpCaller;
let commandCentre: HttpCaller;

/** Two failed checks at Jindong and one at Pujiang, an hour apart. */
beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  http = await stationOverHttp(station);
  ofJindong = http.as({ role: 'operator', stations: [jindong] });
  commandCentre = http.as({ role: 'command_centre', areas: [area] });
  const relay = new Relay(station);
  for (const [number, stationCode] of [jindong, jindong, pujiang].entries()) {
    await outsideDriver(station, `O${number}`);
    await relay.arrive(`visit ${number}`, `G${number}`, `O${number}`, 'into_zone', stationCode);
    await relay.check(`visit ${number}`, failed);
    station.clock.moveTo(station.clock.now() + 58 * minute);
  }
});

afterAll(async () => {
  await http.close();
  await station.close();
  expect(http.faults).toEqual([]);
});

interface Item {
  readonly exceptionId: string;
  readonly visitId: string;
  readonly openedAt: string;
  readonly state: string;
}

async function list(query: string, caller = commandCentre): Promise<Item[]> {
  const { status, body } = await caller.get(`${exceptions}?${query}`);
  expect([query, status]).toEqual([query, 200]);
  return body.items;
}
const visitsIn = async (query: string, caller?: HttpCaller) =>
  (await list(query, caller)).map(({ visitId }) =>
    [0, 1, 2].findIndex((number) => idOf(`visit ${number}`) === visitId),
  );

it('are listed by what they are, whose they are and how old they are', async () => {
  const [first, second] = await list('');
  expect(first).toEqual({
    exceptionId: first.exceptionId,
    areaCode: area,
    stationCode: jindong,
    code: 'check_failed',
    owner: jindong,
    level: 0,
    role: 'operator',
    state: 'open',
    allowedSteps: ['acknowledge', 'assign', 'note', 'resolve'],
    visitId: idOf('visit 0'),
    openedAt: '2026-03-02T00:02:00.000Z',
    dueAt: '2026-03-02T00:32:00.000Z',
  });
  expect(await visitsIn(`openedBefore=${second.openedAt}`)).toEqual([0]);
  expect(await visitsIn(`dueBefore=2026-03-02T01:32:00Z`)).toEqual([0]);
  expect(await visitsIn(`dueBefore=2026-03-02T01:32:00.001Z`)).toEqual([0, 1]);
  expect(await visitsIn(`stationCode=${pujiang}`)).toEqual([2]);
  expect(await visitsIn(`owner=${jindong}&role=operator&state=open`)).toEqual([0, 1]);
  expect(await visitsIn('role=shift_lead')).toEqual([]);
  expect(await visitsIn('code=no_show')).toEqual([]);
  expect(await visitsIn(`visitId=${idOf('visit 1')}`)).toEqual([1]);
  expect(await visitsIn(`areaCode=${area}`, ofJindong)).toEqual([0, 1, 2]);
  expect(await visitsIn('areaCode=elsewhere')).toEqual([]);
});

it('come in pages', async () => {
  const { body } = await commandCentre.get(`${exceptions}?limit=2`);
  const next = String(body.next);
  expect(await visitsIn(`limit=2&after=${next}`)).toEqual([2]);
});

it.each([
  ['code=unheard_of', 400],
  ['openedBefore=yesterday', 400],
  ['after=nothing', 400],
  ['visitId=7', 400],
  ['unknown=1', 400],
])('are not listed by %s', async (query, status) => {
  expect((await commandCentre.get(`${exceptions}?${query}`)).status).toBe(status);
});

it('are nobody’s to see or to change who does not work there', async () => {
  const [{ exceptionId }] = await list('');
  const one = `${exceptions}/${exceptionId}`;
  const elsewhere = http.as({ role: 'command_centre', areas: ['elsewhere'] });
  const ofPujiang = http.as({ role: 'shift_lead', stations: [pujiang] });
  expect(await list('', elsewhere)).toEqual([]);
  expect((await elsewhere.get(one)).status).toBe(404);
  expect((await elsewhere.post(`${one}/acknowledgement`)).status).toBe(403);
  // The same area: he sees it, and it is not his.
  expect((await ofPujiang.get(one)).status).toBe(200);
  expect((await ofPujiang.post(`${one}/acknowledgement`)).body.code).toBe('IDENTITY.NOT_YOUR_EXCEPTION');
  const others = [
    { role: 'driver', driverId: 'O0' },
    { role: 'carrier', carrierId: 'carrier-1' },
    { role: 'enterprise', enterpriseId: 'enterprise-1' },
  ] as const;
  for (const other of others) {
    expect((await http.as(other).get(exceptions)).status).toBe(403);
    expect((await http.as(other).post(`${one}/resolution`, { resolution: 'mine' })).status).toBe(403);
  }
  const nobody = `${exceptions}/${idOf('nothing')}`;
  expect((await commandCentre.get(nobody)).body.code).toBe('EXCEPTION.NOT_FOUND');
  expect((await commandCentre.post(`${nobody}/acknowledgement`)).status).toBe(404);
});

it('are acknowledged, handed over, noted and resolved, once for each key', async () => {
  const [, { exceptionId }] = await list('');
  const one = `${exceptions}/${exceptionId}`;
  const acknowledged = await ofJindong.post(`${one}/acknowledgement`, undefined, 'acknowledge-once');
  expect(acknowledged).toMatchObject({ status: 200, body: { allowedSteps: ['assign', 'note', 'resolve'] } });
  expect((await ofJindong.post(`${one}/acknowledgement`, undefined, 'acknowledge-once')).body).toEqual(
    acknowledged.body,
  );
  expect((await ofJindong.post(`${one}/acknowledgement`)).status).toBe(409);
  expect((await ofJindong.post(`${one}/notes`, { note: 'carrier_told' })).status).toBe(200);
  expect((await ofJindong.post(`${one}/notes`, { note: 'two words' })).status).toBe(400);
  const handed = await ofJindong.post(`${one}/assignment`, { role: 'shift_lead', personId: 'shift_lead:wang' });
  expect(handed.body).toMatchObject({ owner: jindong, level: 1 });
  expect((await ofJindong.get(one)).body).toMatchObject({ role: 'shift_lead', personId: 'shift_lead:wang' });
  expect((await ofJindong.post(`${one}/assignment`, { role: 'carrier' })).status).toBe(400);
  expect((await ofJindong.post(`${one}/resolution`, { resolution: 'papers_brought' })).body).toMatchObject({
    state: 'resolved',
    allowedSteps: [],
  });
  expect((await ofJindong.get(one)).body).toMatchObject({
    state: 'resolved',
    resolvedBy: 'operator:test',
    resolution: 'papers_brought',
  });
  expect(await station.eventsOf('exception.acknowledged')).toHaveLength(1);
});
