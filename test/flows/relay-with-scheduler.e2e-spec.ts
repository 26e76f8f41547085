import { SchedulerWake } from '../../apps/scheduler/src/scheduler-wake.js';
import { DeclineAssignment } from '../../apps/station/src/handoffs/decline-assignment.js';
import { Timers } from '../../apps/station/src/timers/timers.js';
import { jindong, openNetwork, outsideDriver, pujiang, relayDriver } from '../support/network.js';
import { idOf, Relay } from '../support/relay.js';
import { startRelay } from '../support/start-relay.js';
import type { RunningStation } from '../support/start-station.js';
import { brokenRules } from '../support/verified.js';

let running: RunningStation;
let relay: Relay;

beforeEach(async () => {
  running = await startRelay();
  await openNetwork(running);
  for (const driverId of ['O1', 'O2']) await outsideDriver(running, driverId);
  relay = new Relay(running);
});
afterEach(async () => {
  expect(await brokenRules(running)).toEqual({});
  await running.close();
});

async function assignments(): Promise<string[]> {
  return (await running.eventsOf('handoff.assigned')).map(({ data }) => `${data.driverId} ${data.assignedBy}`);
}

it('a truck is given a driver each way without anybody choosing', async () => {
  await relayDriver(running, 'R1');
  await relay.arrive('in', 'G1', 'O1');
  await relay.check('in');
  expect(await assignments()).toEqual(['R1 scheduler']);
  await relay.accept('in', 'R1');
  await relay.start('in');
  await relay.complete('in', 'O1', 'R1');
  await relay.depart('in', { runId: idOf('run') });
  running.clock.moveTo(running.clock.now() + 90 * 60_000);
  await relay.arrive('out', 'G1', 'R1', 'out_of_zone', pujiang);
  await relay.check('out');
  expect(await assignments()).toEqual(['R1 scheduler', 'O1 scheduler']);
  await relay.accept('out', 'O1');
  await relay.start('out');
  await relay.complete('out', 'R1', 'O1');
  await relay.depart('out');
  await relay.arrive('in 2', 'G2', 'O2', 'into_zone', pujiang);
  await relay.check('in 2');
  expect(await assignments()).toEqual(['R1 scheduler', 'O1 scheduler', 'R1 scheduler']);
  expect(await running.eventsOf('assignment.refused')).toEqual([]);
});

it('a truck waits for a driver, says so, and gets the one whose shift begins; who declines or does not answer makes room', async () => {
  await relay.arrive('in', 'G1', 'O1');
  await relay.check('in');
  expect((await running.eventsOf('assignment.withheld')).map(({ data }) => data.blockers)).toEqual([
    [{ rule: 'no_drivers', drivers: 0 }],
  ]);
  await relayDriver(running, 'R1');
  await running.drain();
  const handoffId = await relay.handoffOf('in');
  await running.get(DeclineAssignment).execute(relay.next(), { handoffId, driverId: 'R1', reason: 'tired' });
  const [declined] = await running.eventsOf('handoff.assignment_ended');
  expect(declined?.data).toMatchObject({ handoffId, driverId: 'R1', reason: 'declined', declineReason: 'tired' });
  await relayDriver(running, 'R2');
  await running.drain();
  const expiresAt = (await running.get(Timers).nextDueAt()) ?? 0;
  running.clock.moveTo(expiresAt);
  await running.get(Timers).fireDue();
  await relayDriver(running, 'R3');
  expect(await assignments()).toEqual(['R1 scheduler', 'R2 scheduler', 'R3 scheduler']);
  expect(running.get(SchedulerWake).nextDueAt()).toBeUndefined();
});

it('a driver whose hours are used up is given a truck as soon as they allow it', async () => {
  await relayDriver(running, 'R1', { hours: 20 });
  for (const round of [1, 2]) {
    await relay.arrive(`in ${round}`, `G${round}`, 'O1');
    await relay.check(`in ${round}`);
    await running.drain();
    await relay.accept(`in ${round}`, 'R1');
    await relay.start(`in ${round}`);
    await relay.complete(`in ${round}`, 'O1', 'R1');
    await relay.depart(`in ${round}`, { runId: idOf(`run ${round}`) });
    running.clock.moveTo(running.clock.now() + 115 * 60_000);
    await relay.arrive(`out ${round}`, `G${round}`, 'R1', 'out_of_zone', jindong);
    await relay.check(`out ${round}`);
    await running.drain();
    await relay.accept(`out ${round}`, 'O1');
    await relay.start(`out ${round}`);
    await relay.complete(`out ${round}`, 'R1', 'O1');
    await relay.depart(`out ${round}`);
  }
  await relay.arrive('in 3', 'G3', 'O1');
  await relay.check('in 3');
  await running.drain();
  const last = (await running.eventsOf('handoff.assigned')).at(-1);
  expect(last?.data).toMatchObject({ driverId: 'R1', clock: { continuousSeconds: 0 } });
  expect(await running.eventsOf('assignment.refused')).toEqual([]);
});
