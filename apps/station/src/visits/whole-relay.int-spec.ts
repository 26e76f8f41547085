import { jindong, openNetwork, outsideDriver, pujiang, relayDriver } from '../../../../test/support/network.js';
import { idOf, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';

let station: RunningStation;
let relay: Relay;

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  await Promise.all(['O1', 'O2'].map((driverId) => outsideDriver(station, driverId)));
  await Promise.all(['R1', 'R2'].map((driverId) => relayDriver(station, driverId)));
  relay = new Relay(station);
});
afterAll(() => station.close());

test('a truck goes in through one station and comes back through another (ruling 13)', async () => {
  await relay.swap('in', 'G1', 'O1', 'R1');
  const gone = await relay.depart('in', { runId: idOf('run') });
  expect(gone).toMatchObject({ state: 'departed', handoffState: 'completed', runId: idOf('run'), allowedSteps: [] });
  const back = await relay.arrive('out', 'G1', 'R1', 'out_of_zone', pujiang);
  expect(back).toMatchObject({ state: 'arrived', runId: idOf('run') });
  await relay.ready('out', 'O1');
  await relay.start('out');
  await relay.complete('out', 'R1', 'O1');
  await relay.depart('out');
  const names = (await station.events()).map((event) => event.type.slice(7, -3));
  expect(names.slice(names.indexOf('visit.arrived'))).toEqual([
    'visit.arrived',
    'visit.checked',
    'handoff.requested',
    'handoff.assigned',
    'handoff.accepted',
    'handoff.started',
    'handoff.completed',
    'cargo.released',
    'visit.departed',
    'run.opened',
    'visit.arrived',
    'run.closed',
    'visit.checked',
    'handoff.requested',
    'handoff.assigned',
    'handoff.accepted',
    'handoff.started',
    'handoff.completed',
    'cargo.released',
    'visit.departed',
  ]);
  const [truck] = await station.database.rows(`SELECT custodian_id FROM station.trucks WHERE plate = 'G1'`);
  expect(truck).toEqual({ custodian_id: null });
  expect(jindong).toBe('JD');
});
