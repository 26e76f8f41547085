import { toIso } from '@yizhan/kernel';
import { area, jindong, openNetwork, outsideDriver, pujiang, relayDriver } from '../../../../test/support/network.js';
import { propose } from '../../../../test/support/propose.js';
import { arrivalOf, idOf, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { verified } from '../../../../test/support/verified.js';
import { AssignDriver } from '../handoffs/assign-driver.js';
import { WithdrawAssignment } from '../handoffs/withdraw-assignment.js';
import { Timers } from '../timers/timers.js';
import { RegisterArrival } from '../visits/register-arrival.js';
import { LiftThrottle } from './end-throttle.js';
import { ThrottleLane, type ThrottleLaneInput } from './throttle-lane.js';

const hour = 3_600_000;
const lane = { areaCode: area, flow: 'into_zone', reason: 'road' } as const;
const throttled = { code: 'LANE.THROTTLED' };

let station: RunningStation;
let http: StationOverHttp;
let relay: Relay;
let asked = 0;
let trucks = 0;

beforeAll(async () => {
  station = await startStation({ poolSize: 16 });
  await openNetwork(station);
  relay = new Relay(station);
  http = await stationOverHttp(station);
});

/** Nothing of one test counts in the next one. */
afterEach(async () => {
  for (const { throttleId } of await standing()) await station.get(LiftThrottle).execute(request(), throttleId);
  station.clock.moveTo(station.clock.now() + 2 * hour);
});

afterAll(async () => {
  const { rules } = await verified(station);
  // Rule 9 wants a blocker from the scheduler, which does not run here.
  expect(rules.filter(({ rule, violations }) => rule !== 9 && violations > 0)).toEqual([]);
  await http.close();
  await station.close();
});

const request = () => ({ key: `ask ${(asked += 1)}`, caller: 'command_centre:zhang', hash: `${asked}` });
const throttle = (trucksPerHour: number, more: Partial<ThrottleLaneInput> = {}) =>
  station.get(ThrottleLane).execute(request(), { ...lane, trucksPerHour, ...more });
const standing = () =>
  station.database.rows<{ throttleId: string }>(
    'SELECT throttle_id AS "throttleId" FROM station.lane_throttles WHERE ended_at IS NULL',
  );

interface Waiting {
  readonly visit: string;
  readonly handoffId: string;
  readonly driverId: string;
}

/** A truck that waits for a driver, and a driver for it. */
async function waiting(stationCode = jindong, priority = 0): Promise<Waiting> {
  const number = (trucks += 1);
  const [visit, from, driverId] = [`visit ${number}`, `O${number}`, `R${number}`];
  await outsideDriver(station, from);
  await relayDriver(station, driverId, { stationCode });
  const arrival = { ...arrivalOf(visit, `G${number}`, from, 'into_zone', stationCode), priority };
  await station.get(RegisterArrival).execute(relay.next(), arrival);
  await relay.check(visit);
  return { visit, driverId, handoffId: await relay.handoffOf(visit) };
}

const assign = ({ handoffId, driverId }: Waiting) =>
  station.get(AssignDriver).execute(request(), { handoffId, driverId });

async function proposed({ visit, handoffId, driverId }: Waiting): Promise<string | undefined> {
  await propose(station, { handoffId, visitId: idOf(visit), driverId, decisionId: idOf(`decision ${(asked += 1)}`) });
  const refusals = await station.eventsOf('assignment.refused');
  return refusals.findLast(({ data }) => data.handoffId === handoffId)?.data.reason;
}

it('holds back whoever comes next, from the operator and from the scheduler, until the hour has room', async () => {
  await throttle(1);
  const [first, second] = [await waiting(), await waiting()];
  await assign(first);
  const until = toIso(station.clock.now() + hour);
  await expect(assign(second)).rejects.toMatchObject({ ...throttled, details: { trucksPerHour: 1, until } });
  expect(await proposed(second)).toBe('lane_throttled');
  station.clock.moveTo(station.clock.now() + hour - 1);
  await expect(assign(second)).rejects.toMatchObject(throttled);
  station.clock.moveTo(station.clock.now() + 1);
  expect(await assign(second)).toMatchObject({ handoffState: 'assigned' });
});

it('counts those that had a driver before it was throttled, and no longer one whose driver was taken away', async () => {
  const [first, second] = [await waiting(), await waiting()];
  await assign(first);
  await throttle(1);
  await expect(assign(second)).rejects.toMatchObject(throttled);
  await station.get(WithdrawAssignment).execute(relay.next(), { handoffId: first.handoffId });
  await assign(second);
});

it('is about one lane, and lets pass whom the policy lets pass', async () => {
  await throttle(0, { stationCode: jindong });
  await assign(await waiting(pujiang));
  await assign(await waiting(jindong, 8));
  await expect(assign(await waiting(jindong, 7))).rejects.toMatchObject(throttled);
});

it('lets no more through where all are asked for at once, nor where it is throttled meanwhile', async () => {
  await throttle(2, { stationCode: jindong });
  await throttle(5);
  const many: Waiting[] = [];
  while (many.length < 6) many.push(await waiting());
  const settled = await Promise.allSettled(many.map(assign));
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  for (const result of settled) if (result.status === 'rejected') expect(result.reason).toMatchObject(throttled);
  station.clock.moveTo(station.clock.now() + 2 * hour);
  for (const { throttleId } of await standing()) await station.get(LiftThrottle).execute(request(), throttleId);
  const left = many.filter((_truck, index) => settled[index]?.status === 'rejected');
  const [, ...others] = await Promise.allSettled([throttle(1), ...left.map(assign)]);
  const events = await station.events();
  const from = events.findLastIndex(({ type }) => type === 'yizhan.lane.throttled.v1');
  const after = events.slice(from).filter(({ type }) => type === 'yizhan.handoff.assigned.v1').length;
  const before = others.filter(({ status }) => status === 'fulfilled').length - after;
  expect(after).toBe(before === 0 ? 1 : 0);
});

it('one of the same lane takes its place, it ends by itself at its time, and is lifted once', async () => {
  const first = await throttle(3);
  const endsAt = station.clock.now() + hour;
  const second = await throttle(2, { endsAt });
  expect(second).toMatchObject({ replaces: first.throttleId });
  expect(await standing()).toEqual([{ throttleId: second.throttleId }]);
  station.clock.moveTo(endsAt);
  await station.get(Timers).fireDue();
  const third = await throttle(1);
  await station.get(LiftThrottle).execute(request(), third.throttleId);
  await expect(station.get(LiftThrottle).execute(request(), third.throttleId)).rejects.toMatchObject({
    code: 'LANE.THROTTLE_ENDED',
  });
  expect(await station.database.rows(`SELECT 1 FROM station.timers WHERE kind = 'throttle_end'`)).toEqual([]);
  const ended = (await station.eventsOf('lane.throttle_ended')).slice(-3);
  expect(ended.map(({ subject, data }) => [subject, data.how, data.byId])).toEqual([
    [`lane/${first.throttleId}`, 'replaced', 'command_centre:zhang'],
    [`lane/${second.throttleId}`, 'expired', undefined],
    [`lane/${third.throttleId}`, 'lifted', 'command_centre:zhang'],
  ]);
  await expect(throttle(1, { endsAt: station.clock.now() })).rejects.toMatchObject({ code: 'LANE.ENDS_BEFORE_START' });
  await expect(throttle(1, { stationCode: 'nowhere' })).rejects.toMatchObject({ code: 'STATION.NOT_FOUND' });
});

it('is for command centres of the area; those who work there see it', async () => {
  const url = '/api/v1/lane-throttles';
  const centre = (code = area): HttpCaller => http.as({ role: 'command_centre', areas: [code] });
  const operator = http.as({ role: 'operator', stations: [jindong] });
  const body = { ...lane, trucksPerHour: 4 };
  expect((await operator.post(url, body)).status).toBe(403);
  expect((await centre('elsewhere').post(url, body)).status).toBe(403);
  expect((await centre().post(url, { ...body, trucksPerHour: 1_001 })).status).toBe(400);
  const begun = await centre().post(url, body, 'same-key');
  expect((await centre().post(url, body, 'same-key')).body).toEqual(begun.body);
  const { throttleId } = begun.body as unknown as { throttleId: string };
  const shown = (await operator.get(`${url}?standing=true`)).body as unknown as { items: object[] };
  expect(shown.items).toEqual([expect.objectContaining({ throttleId, trucksPerHour: 4, inForce: true })]);
  expect((await centre('elsewhere').get(`${url}?areaCode=${area}`)).body).toMatchObject({ items: [] });
  expect((await centre('elsewhere').post(`${url}/${throttleId}/end`)).status).toBe(403);
  expect((await centre().post(`${url}/${throttleId}/end`)).status).toBe(200);
  expect((await centre().post(`${url}/${idOf('none')}/end`)).status).toBe(404);
});

test('who was assigned in the last hour is found by block ranges that are summarised as they fill up', async () => {
  const index = `SELECT reloptions AS options FROM pg_class WHERE oid = 'station.handoffs_assigned_at'::regclass`;
  expect(await station.database.rows(index)).toEqual([{ options: ['autosummarize=on'] }]);
});
