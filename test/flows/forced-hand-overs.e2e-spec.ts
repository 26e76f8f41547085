import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import fc from 'fast-check';
import { schedulerMigrations } from '../../apps/scheduler/src/scheduler.module.js';
import { verifyExport } from '../../apps/yizhan/src/verify/verify.js';
import { area, openNetwork } from '../support/network.js';
import { RelayOverHttp } from '../support/relay-over-http.js';
import { RivalScheduler } from '../support/rival-scheduler.js';
import { type RunningStation, startStation } from '../support/start-station.js';

/** `YIZHAN_TEST_HANDOVERS=full` is what is run by hand before a release. */
const handOvers = process.env.YIZHAN_TEST_HANDOVERS === 'full' ? 1_000 : 60;
const trucksEach = 2;
const drivers = ['R1', 'R2', 'R3'];
/** Rounds in a shift of ten hours, with some to spare. */
const shiftRounds = 40;
/** How many events the owner before has not seen, and whether it decides before the new one. */
const howLate = fc.record({ behind: fc.nat({ max: 4 }), isFirst: fc.boolean() });

jest.setTimeout(handOvers * 2_000);

let station: RunningStation;
let relay: RelayOverHttp;

beforeAll(async () => {
  station = await startStation({ migrations: [schedulerMigrations] });
  await openNetwork(station);
  relay = await RelayOverHttp.over(station);
});
afterAll(() => relay.close());

it(`assigns nobody twice while an area changes its owner ${handOvers} times, and the one before does not know`, async () => {
  const rivals = [await RivalScheduler.start('a', station), await RivalScheduler.start('b', station)];
  for (const driver of drivers) await relay.enrol(driver);
  await relay.enrolOutside('O1', 'O2', 'O3', 'O4');
  let leftOver: string[] = [];
  for (const [round, { behind, isFirst }] of fc.sample(howLate, { numRuns: handOvers, seed: 2016 }).entries()) {
    const arrived: string[] = [];
    for (let truck = 1; truck <= trucksEach; truck += 1) {
      const visit = `visit ${round} ${truck}`;
      await relay.arrive(visit, `G${round}-${truck}`, `O${truck + trucksEach * (round % 2)}`);
      await relay.check(visit);
      arrived.push(visit);
    }
    const [owner, before] = round % 2 === 0 ? rivals : rivals.toReversed();
    await owner.read();
    await before.read(behind);
    owner.takeOver(area);
    // Both decide at once, or one after the other; what either has proposed reaches the station in the order of the log.
    if (isFirst) await before.look();
    await Promise.all([owner.look(), before.look()]);
    await station.drain();
    await Promise.all(rivals.map((rival) => rival.read()));
    await owner.look();
    await station.drain();
    for (const visit of leftOver) await settle(visit);
    leftOver = arrived;
    if (round % shiftRounds < shiftRounds - 1) continue;
    for (const visit of leftOver) await settle(visit);
    leftOver = [];
    for (const driver of drivers) await newShift(driver);
  }
  const events = await station.events();
  expect(doubleAssignments(events)).toEqual([]);
  const { rules, form } = await verifyExport(lines(events));
  expect([form, ...rules].filter(({ violations }) => violations > 0)).toEqual([]);
  const epochs = new Set(ofName(events, 'assignment.proposed').map(({ data }) => data.epoch));
  expect(epochs.size).toBeGreaterThanOrEqual(handOvers / 2);
  const refused = ofName(events, 'assignment.refused').filter(({ data }) => data.reason === 'stale_epoch');
  expect(refused.length).toBeGreaterThan(0);
  expect(ofName(events, 'handoff.assigned').length).toBeGreaterThanOrEqual(handOvers);
});

async function newShift(driverId: string): Promise<void> {
  await relay.post(relay.driver(driverId), `drivers/${driverId}/shift-end`);
  await relay.startShift(driverId);
}

/** The driver declines, if there is one, and the truck is turned away: both are free for others. */
async function settle(visit: string): Promise<void> {
  const { handoffId, driverId } = await relay.visit(visit);
  if (driverId !== undefined) await relay.post(relay.driver(driverId), `handoffs/${handoffId}/decline`, { driverId });
  await relay.depart(visit, 'turned_away');
}

/** Assignments of a driver or for a handoff that has a live one: told without any code of the services. */
function doubleAssignments(events: readonly YizhanEvent[]): string[] {
  const handoffOf = new Map<string, string>();
  const driverOf = new Map<string, string>();
  const found: string[] = [];
  for (const event of events) {
    if (isEvent(event, 'handoff.assigned')) {
      const { driverId, handoffId } = event.data;
      if (handoffOf.has(driverId) || driverOf.has(handoffId)) found.push(`${driverId} for ${handoffId}`);
      handoffOf.set(driverId, handoffId);
      driverOf.set(handoffId, driverId);
    } else if (isEvent(event, 'handoff.assignment_ended') || isEvent(event, 'handoff.aborted')) {
      const { handoffId } = event.data;
      handoffOf.delete(driverOf.get(handoffId) ?? '');
      driverOf.delete(handoffId);
    }
  }
  return found;
}

const ofName = <N extends 'assignment.proposed' | 'assignment.refused' | 'handoff.assigned'>(
  events: readonly YizhanEvent[],
  name: N,
): YizhanEvent<N>[] => events.filter((event): event is YizhanEvent<N> => isEvent(event, name));

async function* lines(events: readonly YizhanEvent[]): AsyncGenerator<string> {
  for (const event of events) yield JSON.stringify(event);
}
