import { area, jindong, openNetwork, outsideDriver, pujiang, relayDriver } from '../../../../test/support/network.js';
import { Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, type StationOverHttp, stationOverHttp } from '../../../../test/support/station-over-http.js';
import { verifySlip } from './slip-code.js';

let station: RunningStation;
let http: StationOverHttp;
let done: string;
let planned: string;
let unassigned: string;

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  for (const driverId of ['R1', 'R2']) await relayDriver(station, driverId);
  for (const driverId of ['O1', 'O2', 'O3']) await outsideDriver(station, driverId);
  const relay = new Relay(station);
  await relay.swap('one', '浙G1', 'O1', 'R1');
  await relay.arrive('two', '浙G2', 'O2');
  await relay.ready('two', 'R2');
  await relay.arrive('three', '浙G3', 'O3');
  await relay.check('three');
  [done, planned, unassigned] = [
    await relay.handoffOf('one'),
    await relay.handoffOf('two'),
    await relay.handoffOf('three'),
  ];
  http = await stationOverHttp(station);
});

afterAll(async () => {
  await http.close();
  await station.close();
});

const operator = () => http.as({ role: 'operator', stations: [jindong] });
const slipOf = (handoffId: string, query = '') => `/api/v1/handoffs/${handoffId}/slip${query}`;
const printsOf = (handoffId: string) => `/api/v1/handoffs/${handoffId}/slip-prints`;

/** Pages of a PDF, their sizes in points. */
const sizesOf = (pdf: Buffer): string[] =>
  [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
    ([, width, height]) => `${Math.round(Number(width))}x${Math.round(Number(height))}`,
  );

async function codeOf(caller: HttpCaller, handoffId: string) {
  const [{ body }, keys] = await Promise.all([
    caller.get(`/api/v1/handoffs/${handoffId}/slip-code`),
    caller.get('/api/v1/slip-keys'),
  ]);
  return verifySlip(String(body['code']), keys.body['keys']);
}

it('the code of a swap says who handed what to whom, and when, and verifies with the published keys', async () => {
  expect(await codeOf(operator(), done)).toMatchObject({
    isGenuine: true,
    facts: {
      kind: 'swap',
      handoffId: done,
      stationCode: jindong,
      plate: '浙G1',
      from: { kind: 'driver', id: 'O1' },
      toDriverId: 'R1',
      items: [{ code: 'keys', given: true }],
    },
  });
});

it('before the swap it is the paper of the driver who is to take the truck', async () => {
  expect(await codeOf(http.as({ role: 'driver', driverId: 'R2' }), planned)).toMatchObject({
    isGenuine: true,
    facts: { kind: 'plan', plate: '浙G2', from: { kind: 'driver', id: 'O2' }, toDriverId: 'R2' },
  });
});

it('published keys are public halves alone', async () => {
  const { body } = await operator().get('/api/v1/slip-keys');
  expect(Object.keys((body['keys'] as object[])[0] ?? {}).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
});

it.each([
  ['', /^227x\d+$/],
  ['?format=80mm&lang=en', /^227x\d+$/],
  ['?format=a5&lang=zh', /^420x595$/],
  ['?format=a5&lang=en', /^420x595$/],
])('is a PDF of one page, small, with its font in it: %s', async (query, size) => {
  for (const handoffId of [done, planned]) {
    const { status, headers, bytes } = await operator().get(slipOf(handoffId, query));
    expect([status, headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(bytes.toString('latin1')).toContain('NotoSansHans');
    expect(bytes.length).toBeLessThan(150_000);
    const sizes = sizesOf(bytes);
    expect(sizes).toEqual([expect.stringMatching(size)]);
  }
});

it('prints are counted, the same request is one print, and each kind has its own count', async () => {
  const rows = () =>
    station.database.rows<{ kind: string; copies: number }>(
      'SELECT kind, count(*) AS copies FROM station.slip_prints GROUP BY kind ORDER BY kind',
    );
  const first = await operator().post(printsOf(done), {}, 'print-1');
  const again = await operator().post(printsOf(done), {}, 'print-1');
  const second = await operator().post(printsOf(done), { format: 'a5', lang: 'en' }, 'print-2');
  await operator().post(printsOf(planned), {});
  expect([first.status, again.status, second.status]).toEqual([200, 200, 200]);
  expect(sizesOf(second.bytes)).toEqual(['420x595']);
  expect(await rows()).toEqual([
    { kind: 'plan', copies: 1 },
    { kind: 'swap', copies: 2 },
  ]);
  await Promise.all([1, 2, 3, 4].map(() => operator().post(printsOf(done), {})));
  expect(await rows()).toContainEqual({ kind: 'swap', copies: 6 });
});

it('is for the station, its area, the carrier whose truck it is, and the drivers who are part of it', async () => {
  const callers = [
    http.as({ role: 'operator', stations: [pujiang] }),
    http.as({ role: 'command_centre', areas: [area] }),
    http.as({ role: 'command_centre', areas: ['elsewhere'] }),
    http.as({ role: 'carrier', carrierId: 'carrier-1' }),
    http.as({ role: 'carrier', carrierId: 'carrier-2' }),
    http.as({ role: 'driver', driverId: 'R1' }),
    http.as({ role: 'driver', driverId: 'O1' }),
    http.as({ role: 'driver', driverId: 'R2' }),
    http.as({ role: 'enterprise', enterpriseId: 'enterprise-1' }),
  ];
  const statuses = await Promise.all(callers.map(async (caller) => (await caller.get(slipOf(done))).status));
  expect(statuses).toEqual([404, 200, 404, 200, 404, 200, 200, 404, 403]);
  expect((await http.as({ role: 'driver', driverId: 'R1' }).post(printsOf(done), {})).status).toBe(403);
});

it('there is none where nobody is to take the truck, or no handoff', async () => {
  const { status, body } = await operator().get(slipOf(unassigned));
  expect([status, body['code']]).toEqual([409, 'SLIP.NOBODY_ASSIGNED']);
  expect((await operator().get(slipOf('01900000-0000-7000-8000-000000000000'))).status).toBe(404);
  expect((await operator().get(slipOf(done, '?format=a4'))).status).toBe(400);
  expect(http.faults).toEqual([]);
});
