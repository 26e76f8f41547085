import { area, jindong, openNetwork, outsideDriver, pujiang, relayDriver } from '../../../../test/support/network.js';
import { failed, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type StationOverHttp, stationOverHttp } from '../../../../test/support/station-over-http.js';
import { HandOverShift } from './hand-over-shift.js';
import { digestOf } from './shift-handover.js';

let station: RunningStation;
let http: StationOverHttp;
let relay: Relay;

const url = `/api/v1/stations/${jindong}`;

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  await relayDriver(station, 'R1');
  await relayDriver(station, 'R2', { hours: 2 });
  await relayDriver(station, 'R3', { stationCode: pujiang, hours: 1 });
  for (const driverId of ['O1', 'O2']) await outsideDriver(station, driverId);
  relay = new Relay(station);
  await relay.swap('one', '浙G1', 'O1', 'R1');
  await relay.depart('one');
  await relay.arrive('two', '浙G2', 'O2');
  await relay.check('two', failed);
  await station.drain();
  http = await stationOverHttp(station);
});

afterAll(async () => {
  await http.close();
  await station.close();
});

const lead = () => http.as({ role: 'shift_lead', stations: [jindong] });
/** Another person at the same station: the tests' tokens are named after their roles. */
const next = () => http.as({ role: 'administrator' });

it('the picture tells of open trucks, runs, exceptions, drivers near their limits and what changed', async () => {
  const { status, body } = await lead().get(`${url}/reports/handover`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    stationCode: jindong,
    stationState: 'open',
    since: '2026-03-01T16:00:00.000Z',
    openTrucks: [{ plate: '浙G2', flow: 'into_zone', state: 'waiting', held: false }],
    openRuns: [{ plate: '浙G1', driverId: 'R1', overdue: false }],
    openExceptions: [{ code: 'check_failed', plate: '浙G2' }],
    driversNearLimits: [{ driverId: 'R2', reason: 'shift_ends' }],
    changes: { arrived: 2, departed: 1, swaps: 1, turnedAway: 0, runsOpened: 1, exceptionsOpened: 1 },
  });
});

it('prints for people', async () => {
  const { bytes } = await lead().get(`${url}/reports/handover?format=csv`);
  expect(bytes.toString()).toContain('在站车辆,浙G2,等待,2026-03-02 08:08:00,进区');
});

describe('signing', () => {
  it('goes from one lead to another, who sign the same picture; the next one begins there', async () => {
    const first = await lead().post(`${url}/shift-handovers`);
    expect([first.status, first.body]).toEqual([
      201,
      expect.objectContaining({ state: 'offered', outgoingId: 'shift_lead:test' }),
    ]);
    const again = await lead().post(`${url}/shift-handovers`);
    const handoverId: string = again.body['handoverId'];
    const taken = await next().post(`/api/v1/shift-handovers/${handoverId}/takeover`);
    expect([taken.status, taken.body]).toEqual([
      200,
      expect.objectContaining({ state: 'taken', incomingId: 'administrator:test', picture: again.body['picture'] }),
    ]);
    const list = await lead().get(`${url}/shift-handovers`);
    const states = (list.body['items'] as { state: string }[]).map(({ state }) => state).toSorted();
    expect(states).toEqual(['superseded', 'taken']);
    const [{ data: offered }, { data: newer }] = await station.eventsOf('station.shift_handed_over');
    const [{ data: takenOver }] = await station.eventsOf('station.shift_taken_over');
    expect(newer).toMatchObject({ replaces: offered.handoverId, openTrucks: 1, openRuns: 1, openExceptions: 1 });
    expect(takenOver).toEqual({
      handoverId,
      stationCode: jindong,
      incomingId: 'administrator:test',
      picture: digestOf(again.body['picture']),
    });
    expect(newer.picture).toBe(takenOver.picture);
    station.clock.moveTo(station.clock.now() + 60_000);
    const later = await lead().get(`${url}/reports/handover`);
    expect(later.body).toMatchObject({ since: again.body['offeredAt'], changes: { arrived: 0, swaps: 0 } });
    const printed = await lead().get(`/api/v1/shift-handovers/${handoverId}?format=html&lang=en`);
    expect(printed.bytes.toString()).toContain('<h1>Shift handover</h1>');
  });

  it('is refused twice, by the same person, and where a newer one stands', async () => {
    const old = await lead().post(`${url}/shift-handovers`);
    const newer = await lead().post(`${url}/shift-handovers`);
    const take = (body: Record<string, never>, caller = next()) =>
      caller.post(`/api/v1/shift-handovers/${String(body['handoverId'])}/takeover`);
    expect((await take(old.body)).body).toMatchObject({ status: 409, code: 'HANDOVER.ALREADY_SUPERSEDED' });
    expect((await take(newer.body, lead())).body).toMatchObject({ status: 409, code: 'HANDOVER.SAME_PERSON' });
    expect((await take(newer.body)).status).toBe(200);
    expect((await take(newer.body)).status).toBe(409);
  });

  it('two at once leave one that is offered', async () => {
    const { get, request } = station;
    await Promise.all(
      [1, 2, 3].map((number) => get(HandOverShift).execute(request(`race ${number}`), { stationCode: jindong })),
    );
    const rows = await station.database.rows<{ state: string }>(
      `SELECT state FROM station.shift_handovers WHERE station_code = $1 AND state = 'offered'`,
      [jindong],
    );
    expect(rows).toHaveLength(1);
  });

  it('is for the leads of the station', async () => {
    const statuses = await Promise.all(
      [
        http.as({ role: 'operator', stations: [jindong] }),
        http.as({ role: 'shift_lead', stations: [pujiang] }),
        http.as({ role: 'command_centre', areas: [area] }),
      ].map(async (caller) => (await caller.post(`${url}/shift-handovers`)).status),
    );
    expect(statuses).toEqual([403, 403, 403]);
    const unknown = await lead().get('/api/v1/shift-handovers/01900000-0000-7000-8000-000000000000');
    expect([unknown.status, http.faults]).toEqual([404, []]);
  });
});
