import { toIso } from '@yizhan/kernel';
import { openNetwork, outsideDriver, relayDriver } from '../../../../test/support/network.js';
import { propose } from '../../../../test/support/propose.js';
import { idOf, Relay } from '../../../../test/support/relay.js';
import { AssignDriver } from './assign-driver.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';

const minute = 60_000;
let station: RunningStation;
let relay: Relay;
let decisions = 0;
let trucks = 0;

/** A truck that waits for a driver. */
async function waits(): Promise<string> {
  const visit = `visit ${(trucks += 1)}`;
  await outsideDriver(station, `O${trucks}`);
  await relay.arrive(visit, `G${trucks}`, `O${trucks}`);
  await relay.check(visit);
  return visit;
}

async function proposeFor(visit: string, driverId: string, minutes: number, from?: string): Promise<void> {
  await propose(station, {
    handoffId: await relay.handoffOf(visit),
    visitId: idOf(visit),
    driverId,
    decisionId: idOf(`decision ${(decisions += 1)}`),
    plannedStartAt: toIso(station.clock.now() + minutes * minute),
    ...(from === undefined ? {} : { releasesHandoffId: await relay.handoffOf(from) }),
  });
}

const stateOf = async (visit: string): Promise<unknown> =>
  (
    await station.database.rows('SELECT state, driver_id FROM station.handoffs WHERE handoff_id = $1', [
      await relay.handoffOf(visit),
    ])
  )[0];

/** When it is to be told that nobody drives it, or that it is still here. */
const watchedUntil = (visit: string): Promise<unknown> =>
  station.database.rows(`SELECT due_at FROM station.timers WHERE kind = 'visit_watch' AND ref = $1`, [idOf(visit)]);

const lastRefusal = async (): Promise<unknown> => (await station.eventsOf('assignment.refused')).at(-1)?.data.reason;

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  relay = new Relay(station);
  for (const driver of ['R1', 'R2']) await relayDriver(station, driver);
});
afterAll(() => station.close());

test('a driver on his way goes to the other truck in one commit, and his first one waits again', async () => {
  const [first, urgent] = [await waits(), await waits()];
  const watched = await watchedUntil(first);
  await proposeFor(first, 'R1', 30);
  expect(await watchedUntil(first)).not.toEqual(watched);
  await relay.accept(first, 'R1');
  const before = (await station.events()).length;
  await proposeFor(urgent, 'R1', 25, first);
  const told = (await station.events()).slice(before + 1);
  expect(told).toMatchObject([
    {
      type: 'yizhan.handoff.assignment_ended.v1',
      subject: `visit/${idOf(first)}`,
      data: { driverId: 'R1', reason: 'withdrawn', movedToHandoffId: await relay.handoffOf(urgent) },
    },
    { type: 'yizhan.handoff.assigned.v1', subject: `visit/${idOf(urgent)}`, data: { driverId: 'R1' } },
  ]);
  expect(await stateOf(first)).toEqual({ state: 'requested', driver_id: null });
  expect(await stateOf(urgent)).toEqual({ state: 'assigned', driver_id: 'R1' });
  // The first one can have another driver, and is watched again meanwhile.
  expect(await watchedUntil(first)).toEqual(watched);
  await proposeFor(first, 'R2', 20);
  expect(await stateOf(first)).toEqual({ state: 'assigned', driver_id: 'R2' });
  await relay.accept(urgent, 'R1');
  expect(await stateOf(urgent)).toEqual({ state: 'accepted', driver_id: 'R1' });
});

describe('what stands', () => {
  it.each([
    ['an assignment that is too near', 9],
    ['one that is further than the freeze by nothing', 10],
  ])('%s', async (_what, minutes) => {
    await relayDriver(station, `near-${minutes}`);
    const driverId = `near-${minutes}`;
    const [first, urgent] = [await waits(), await waits()];
    await proposeFor(first, driverId, minutes);
    await proposeFor(urgent, driverId, 30, first);
    expect([await lastRefusal(), await stateOf(first)]).toEqual([
      'assignment_stands',
      { state: 'assigned', driver_id: driverId },
    ]);
  });

  it('what an operator has chosen', async () => {
    await relayDriver(station, 'chosen');
    const [first, urgent] = [await waits(), await waits()];
    await station.get(AssignDriver).execute(station.request('choose'), {
      handoffId: await relay.handoffOf(first),
      driverId: 'chosen',
      plannedStartAt: station.clock.now() + 30 * minute,
    });
    await proposeFor(urgent, 'chosen', 30, first);
    expect([await lastRefusal(), await stateOf(first)]).toEqual([
      'assignment_stands',
      { state: 'assigned', driver_id: 'chosen' },
    ]);
  });

  it('an assignment of somebody else, and one that nobody knows', async () => {
    await relayDriver(station, 'other');
    await relayDriver(station, 'free');
    const [first, urgent] = [await waits(), await waits()];
    await proposeFor(first, 'other', 30);
    await proposeFor(urgent, 'free', 30, first);
    expect([await lastRefusal(), await stateOf(first)]).toEqual([
      'assignment_stands',
      { state: 'assigned', driver_id: 'other' },
    ]);
    await propose(station, {
      handoffId: await relay.handoffOf(urgent),
      visitId: idOf(urgent),
      driverId: 'free',
      decisionId: idOf('of nothing'),
      releasesHandoffId: idOf('nothing'),
    });
    expect([await lastRefusal(), await stateOf(urgent)]).toEqual([
      'assignment_stands',
      { state: 'requested', driver_id: null },
    ]);
    expect(await station.database.rows('SELECT 1 FROM station.parked_events')).toEqual([]);
  });

  it('everything, where the driver may not take the other truck', async () => {
    await relayDriver(station, 'short', { hours: 2.6 });
    const [first, urgent] = [await waits(), await waits()];
    await proposeFor(first, 'short', 20);
    await proposeFor(urgent, 'short', 60, first);
    expect(await stateOf(first)).toEqual({ state: 'assigned', driver_id: 'short' });
    expect(await stateOf(urgent)).toEqual({ state: 'requested', driver_id: null });
    expect(await lastRefusal()).toBe('home_before_shift_ends');
  });

  it('everything, where operators confirm what is proposed', async () => {
    await relayDriver(station, 'confirmed');
    const [first, urgent] = [await waits(), await waits()];
    await proposeFor(first, 'confirmed', 30);
    await station.database.rows(`UPDATE station.stations SET assignment_mode = 'review'`);
    await proposeFor(urgent, 'confirmed', 30, first);
    expect([await lastRefusal(), await stateOf(first)]).toEqual([
      'assignment_stands',
      { state: 'assigned', driver_id: 'confirmed' },
    ]);
  });
});
