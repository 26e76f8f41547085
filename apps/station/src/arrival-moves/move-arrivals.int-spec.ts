import {
  area,
  carrier,
  jindong,
  kaihua,
  openNetwork,
  openOtherArea,
  outsideDriver,
  pujiang,
  zone,
} from '../../../../test/support/network.js';
import { arrivalOf, idOf, Relay, truckOf } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { until } from '../../../../test/support/subscribing.js';
import { brokenRules } from '../../../../test/support/verified.js';
import { SuspendStation } from '../network/stations/suspend-station.js';
import { AnnounceVisit } from '../visits/announce-visit.js';
import { CancelVisit } from '../visits/cancel-visit.js';
import { QueueVisit } from '../visits/queue-visit.js';
import { RegisterArrival } from '../visits/register-arrival.js';
import { RetractArrival } from '../visits/retract-arrival.js';
import { MoveArrivals } from './move-arrivals.js';

const hour = 3_600_000;

let station: RunningStation;
let http: StationOverHttp;
let relay: Relay;
let asked = 0;

beforeEach(async () => {
  station = await startStation({ poolSize: 16 });
  await openNetwork(station);
  relay = new Relay(station);
  http = await stationOverHttp(station);
});
afterEach(async () => {
  expect(await brokenRules(station)).toEqual({});
  await http.close();
  await station.close();
});

const request = () => ({ key: `ask ${(asked += 1)}`, caller: 'command_centre:zhang', hash: `${asked}` });
const operatorAt = (code: string): HttpCaller => http.as({ role: 'operator', stations: [code] });

/** Announced for Jindong by the carrier; who will bring it is known. */
async function announced(visit: string): Promise<string> {
  await outsideDriver(station, `O-${visit}`);
  await station.get(AnnounceVisit).execute(relay.next(), {
    visitId: idOf(visit),
    stationCode: jindong,
    zoneId: zone,
    flow: 'into_zone',
    truck: truckOf(`G-${visit}`),
    carrierId: carrier,
    expectedAt: station.clock.now() + hour,
    consignments: [],
  });
  return idOf(visit);
}

const move = (visitIds: string[], toStationCode = pujiang, stationCode = jindong) =>
  station.get(MoveArrivals).execute(request(), {
    stationCode,
    toStationCode,
    visitIds,
    reason: 'crowded',
    until: station.clock.now() + 8 * hour,
  });
const arrive = (visit: string, stationCode: string) =>
  station.get(RegisterArrival).execute(relay.next(), {
    ...arrivalOf(visit, `G-${visit}`, `O-${visit}`, 'into_zone', stationCode),
    consignments: [],
  });
const placeOf = async (visitId: string) => {
  const sql = `SELECT station_code AS at, moved_from AS "movedFrom", state FROM station.visits WHERE visit_id = $1`;
  return (await station.database.rows<{ at: string; movedFrom: string[] | null; state: string }>(sql, [visitId]))[0];
};

/** Trucks as the board of a station shows them to who works there. */
async function boardOf(code: string): Promise<{ visitId: string; allowedSteps: string[] }[]> {
  const { body } = await operatorAt(code).get(`/api/v1/stations/${code}/board`);
  const { visits } = body as unknown as { visits: { visitId: string; allowedSteps: string[] }[] };
  return visits.map(({ visitId, allowedSteps }) => ({ visitId, allowedSteps }));
}

it('has announced trucks come to another station once, tells each carrier, and back again', async () => {
  const [one, two] = [await announced('1'), await announced('2')];
  expect(await move([one, two])).toEqual({ moved: [one, two].toSorted(), skipped: [] });
  expect(await placeOf(one)).toEqual({ at: pujiang, movedFrom: [jindong], state: 'announced' });
  expect(await move([one])).toEqual({ moved: [], skipped: [{ visitId: one, why: 'moved_already' }] });
  const [told, ...others] = (await station.eventsOf('visit.moved')).filter(({ data }) => data.visitId === one);
  expect(others).toEqual([]);
  expect(told).toMatchObject({
    subject: `visit/${one}`,
    carrierid: carrier,
    data: { stationCode: pujiang, fromStationCode: jindong, reason: 'crowded', byId: 'command_centre:zhang' },
  });
  expect(Date.parse(told?.data.untilAt ?? '')).toBeGreaterThan(station.clock.now());
  await move([one], jindong, pujiang);
  expect(await placeOf(one)).toEqual({ at: jindong, movedFrom: [pujiang], state: 'announced' });
});

it('leaves alone what stands at the gate, has come, does not come, or is announced elsewhere', async () => {
  const [queued, arrived] = [await announced('queued'), await announced('arrived')];
  const [cancelled, other] = [await announced('cancelled'), await announced('other')];
  await station.get(QueueVisit).execute(relay.next(), { visitId: queued, queue: 'outside' });
  await arrive('arrived', jindong);
  await station.get(CancelVisit).execute(relay.next(), { visitId: cancelled, reason: 'no_truck' });
  await move([other]);
  const { moved, skipped } = await move([queued, arrived, cancelled, idOf('nobody')]);
  expect(moved).toEqual([]);
  expect(skipped.map(({ why }) => why)).toEqual(['at_the_gate', 'not_announced', 'not_announced', 'not_here']);
  expect(await move([other], jindong, kaihua).catch(({ code }: { code: string }) => code)).toBe('STATION.NOT_FOUND');
  await openOtherArea(station);
  await expect(move([other], kaihua)).rejects.toMatchObject({ code: 'ARRIVALS.OTHER_AREA' });
  await expect(move([other], jindong)).rejects.toMatchObject({ code: 'ARRIVALS.SAME_STATION' });
  await station.get(SuspendStation).execute(relay.next(), { stationCode: pujiang, reason: 'weather' });
  await expect(move([queued])).rejects.toMatchObject({ code: 'ARRIVALS.STATION_NOT_OPEN' });
});

it('does not lose a truck that comes to the former station: it is looked out for there, and arrives', async () => {
  const [one, two] = [await announced('1'), await announced('2')];
  await move([one, two]);
  expect((await operatorAt(jindong).get(`/api/v1/visits/${one}`)).body).toMatchObject({
    stationCode: pujiang,
    movedFrom: [jindong],
  });
  expect((await boardOf(jindong)).map(({ visitId }) => visitId).toSorted()).toEqual([one, two].toSorted());
  await expect(arrive('1', kaihua)).rejects.toMatchObject({ code: 'STATION.NOT_FOUND' });
  expect(await arrive('1', jindong)).toMatchObject({ state: 'arrived' });
  expect(await arrive('2', pujiang)).toMatchObject({ state: 'arrived' });
  const arrivals = await station.eventsOf('visit.arrived');
  expect(arrivals.map(({ data }) => data.stationCode)).toEqual([jindong, pujiang]);
  expect((await operatorAt(jindong).get(`/api/v1/visits/${two}`)).status).toBe(404);
  expect((await operatorAt(jindong).post(`/api/v1/visits/${one}/queue`, { queue: 'inside' })).status).toBe(200);
});

it('an arrival at the former station that did not occur leaves the visit announced for the one that it was moved to', async () => {
  const visitId = await announced('1');
  await move([visitId]);
  await arrive('1', jindong);
  await station.drain();
  await station.get(RetractArrival).execute(relay.next(), { visitId, reason: 'did_not_occur' });
  expect(await placeOf(visitId)).toEqual({ at: pujiang, movedFrom: [jindong], state: 'announced' });
  expect(await arrive('1', pujiang)).toMatchObject({ state: 'arrived' });
});

it('a truck that stands at the former gate gets a ticket there: the visit is announced for that station again', async () => {
  const visitId = await announced('1');
  await move([visitId]);
  const url = `/api/v1/visits/${visitId}`;
  const stepsAt = async (code: string) => (await operatorAt(code).get(url)).body['allowedSteps'];
  expect(await stepsAt(pujiang)).toEqual(['queue', 'call', 'arrive', 'cancel']);
  expect(await stepsAt(jindong)).toEqual(['queue', 'arrive']);
  expect(await boardOf(jindong)).toEqual([{ visitId, allowedSteps: ['queue', 'arrive'] }]);
  expect((await operatorAt(kaihua).post(`${url}/queue`, { queue: 'outside' })).status).toBe(403);
  expect((await operatorAt(jindong).post(`${url}/call`, {})).status).toBe(403);
  expect((await operatorAt(jindong).post(`${url}/queue`, { queue: 'inside' })).status).toBe(409);
  const atBoth = http.as({ role: 'shift_lead', stations: [pujiang, jindong] });
  expect((await atBoth.post(`${url}/queue`, { queue: 'outside', stationCode: kaihua })).status).toBe(403);
  expect(await operatorAt(jindong).post(`${url}/queue`, { queue: 'outside' })).toMatchObject({
    status: 200,
    body: { state: 'announced', ticketNo: 'W001', allowedSteps: ['call', 'arrive', 'cancel'] },
  });
  expect(await placeOf(visitId)).toEqual({ at: jindong, movedFrom: [pujiang], state: 'announced' });
  const [, back] = await station.eventsOf('visit.moved');
  const [queued] = await station.eventsOf('visit.queued');
  const data = { stationCode: jindong, fromStationCode: pujiang, reason: 'came_to_former' };
  expect(back).toMatchObject({ carrierid: carrier, data, causationid: queued?.causationid });
  expect(queued?.data).toMatchObject({ stationCode: jindong, ticketNo: 'W001' });
  expect((await operatorAt(jindong).post(`${url}/call`, {})).status).toBe(200);
  expect((await operatorAt(jindong).post(`${url}/call-end`, { reason: 'withdrawn' })).status).toBe(200);
  // It has a ticket there: the other one lets it in, and does not call it.
  expect(await stepsAt(pujiang)).toEqual(['arrive']);
});

it('who works at both stations says at which of them the truck stands', async () => {
  const [one, two] = [await announced('1'), await announced('2')];
  await move([one, two]);
  const atBoth = http.as({ role: 'shift_lead', stations: [pujiang, jindong] });
  const queue = (visitId: string, stationCode?: string) =>
    atBoth.post(`/api/v1/visits/${visitId}/queue`, { queue: 'outside', ...(stationCode && { stationCode }) });
  expect((await queue(one)).status).toBe(200);
  expect((await queue(two, jindong)).status).toBe(200);
  expect([(await placeOf(one))?.at, (await placeOf(two))?.at]).toEqual([pujiang, jindong]);
});

it('waits for a visit while it holds no station: what locks the visit and then the station is not in its way', async () => {
  const visitId = await announced('1');
  let goOn = (): void => {};
  const isWaitedFor = new Promise<void>((resolve) => (goOn = resolve));
  let isLocked = false;
  const other = station.database.transaction(async (tx) => {
    await tx.rows('SELECT FROM station.visits WHERE visit_id = $1 FOR UPDATE', [visitId]);
    isLocked = true;
    await isWaitedFor;
    const both = [[jindong, pujiang]];
    await tx.rows('SELECT FROM station.stations WHERE station_code = ANY ($1) FOR UPDATE NOWAIT', both);
  });
  await until(() => isLocked, 10);
  const moving = move([visitId]);
  const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await until(async () => (await station.database.rows(waiting)).length > 0, 10);
  goOn();
  await other;
  expect(await moving).toEqual({ moved: [visitId], skipped: [] });
});

it('a truck that comes while it is moved has arrived or was moved before, and never both', async () => {
  const visits = ['1', '2', '3', '4', '5', '6'];
  for (const visit of visits) await announced(visit);
  const both = visits.flatMap((visit) => [arrive(visit, jindong), move([idOf(visit)])]);
  await Promise.all(both);
  for (const visit of visits) expect(await placeOf(idOf(visit))).toMatchObject({ at: jindong, state: 'arrived' });
  const moved = await station.eventsOf('visit.moved');
  const arrived = await station.eventsOf('visit.arrived');
  for (const { position, data } of moved) {
    const came = arrived.find((each) => each.data.visitId === data.visitId);
    expect(Number(position)).toBeLessThan(Number(came?.position));
  }
});

it('is for the command centre of the area', async () => {
  const visitId = await announced('1');
  const url = `/api/v1/stations/${jindong}/arrival-moves`;
  const body = { toStationCode: pujiang, visitIds: [visitId], reason: 'crowded' };
  expect((await operatorAt(jindong).post(url, body)).status).toBe(403);
  expect((await http.as({ role: 'command_centre', areas: ['elsewhere'] }).post(url, body)).status).toBe(403);
  const centre = http.as({ role: 'command_centre', areas: [area] });
  expect((await centre.post(url, { ...body, visitIds: ['no id'] })).status).toBe(400);
  const first = await centre.post(url, body, 'same-key');
  expect(first).toMatchObject({ status: 200, body: { moved: [visitId], skipped: [] } });
  expect((await centre.post(url, body, 'same-key')).body).toEqual(first.body);
});
