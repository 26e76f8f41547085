import {
  carrier,
  enterprise,
  jindong,
  openNetwork,
  outsideDriver,
  relayDriver,
} from '../../../../test/support/network.js';
import { idOf, Relay, truckOf } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { PlanReturn } from '../runs/plan-return.js';
import { RecordRunStep } from '../runs/record-run-step.js';
import { Timers } from '../timers/timers.js';
import { MoveCustody } from './move-custody.js';

let station: RunningStation;
let relay: Relay;

const driver = (id: string) => ({ kind: 'driver', id }) as const;
const atStation = { kind: 'station', id: jindong } as const;
const atEnterprise = { kind: 'enterprise', id: enterprise } as const;
const problem = (kind: string, code: string) => expect.objectContaining({ kind, code }) as unknown;

async function custodianOf(plate: string): Promise<unknown> {
  const [row] = await station.database.rows<{ custodian_kind: string | null; custodian_id: string | null }>(
    'SELECT custodian_kind, custodian_id FROM station.trucks WHERE plate = $1',
    [plate],
  );
  return row.custodian_kind === null ? null : { kind: row.custodian_kind, id: row.custodian_id };
}

/** `from` brings the truck, `to` drives it into the zone. */
async function into(visit: string, plate: string, from: string, to: string): Promise<string> {
  await outsideDriver(station, from);
  await relayDriver(station, to, { hours: 12 });
  await relay.swap(visit, plate, from, to);
  await relay.depart(visit, { runId: idOf(`run of ${visit}`) });
  return idOf(`run of ${visit}`);
}

beforeEach(async () => {
  station = await startStation();
  await openNetwork(station);
  relay = new Relay(station);
});
afterEach(() => station.close());

test('turned away, the handoff that waits ends with the visit', async () => {
  await outsideDriver(station, 'O1');
  await relay.arrive('in', 'G1', 'O1');
  await relay.check('in');
  await relay.depart('in', { outcome: 'turned_away', reasons: ['no_pass'] });
  const names = (await station.events()).map((event) => event.type.slice(7, -3));
  expect(names.slice(-5)).toEqual([
    'handoff.requested',
    'handoff.aborted',
    'visit.departed',
    'exception.opened',
    'exception.resolved',
  ]);
});

test('a parked truck goes nowhere until a driver has taken it', async () => {
  await outsideDriver(station, 'O1');
  await relay.arrive('in', 'G1', 'O1');
  await relay.move('G1', driver('O1'), atStation, jindong, 'driver_ill');
  await expect(relay.depart('in', { outcome: 'turned_away' })).rejects.toEqual(
    problem('illegal_state', 'CUSTODY.NOBODY_TO_DRIVE'),
  );
});

test('a truck that starts inside is given by its enterprise to a driver inside', async () => {
  await relayDriver(station, 'R1');
  await outsideDriver(station, 'O1');
  const start = {
    plate: 'Z1',
    from: atEnterprise,
    to: driver('R1'),
    place: enterprise,
    reason: 'starts_inside',
    items: [],
  };
  const move = (also: object) => station.get(MoveCustody).execute(relay.next(), { ...start, ...also });
  await expect(move({})).rejects.toEqual(problem('not_found', 'TRUCK.NOT_FOUND'));
  await expect(move({ truck: truckOf('Z1'), to: driver('O1') })).rejects.toEqual(
    problem('conflict', 'DRIVER.ON_THE_OTHER_SIDE'),
  );
  expect(await move({ truck: truckOf('Z1') })).toMatchObject({ custodian: driver('R1') });
});

test('a truck comes only with the driver who answers for it', async () => {
  await into('in', 'G1', 'O1', 'R1');
  await relayDriver(station, 'R2');
  await expect(relay.arrive('out', 'G1', 'R2', 'out_of_zone')).rejects.toMatchObject({
    kind: 'conflict',
    code: 'CUSTODY.NOT_THE_CUSTODIAN',
    details: { custodian: driver('R1') },
  });
  await expect(relay.arrive('in again', 'G1', 'R1')).rejects.toEqual(problem('conflict', 'RUN.TRUCK_IS_INSIDE'));
  await expect(relay.arrive('never in', 'G9', 'R2', 'out_of_zone')).rejects.toEqual(
    problem('conflict', 'CUSTODY.NOT_THE_CUSTODIAN'),
  );
  expect(await relay.arrive('out', 'G1', 'R1', 'out_of_zone')).toMatchObject({ state: 'arrived' });
});

test('a run that is not back in time is overdue once; its return ends the exception', async () => {
  const runId = await into('in', 'G1', 'O1', 'R1');
  await station.get(RecordRunStep).execute(relay.next(), { runId, step: 'reached', enterpriseId: enterprise });
  station.clock.moveTo((await station.get(Timers).nextDueAt())!);
  expect(await station.get(Timers).fireDue()).toBe(1);
  expect(await station.get(Timers).fireDue()).toBe(0);
  await relay.arrive('out', 'G1', 'R1', 'out_of_zone');
  const names = (await station.events()).map((event) => event.type.slice(7, -3));
  expect(names.slice(names.indexOf('run.reached'))).toEqual([
    'run.reached',
    'run.overdue',
    'exception.opened',
    'visit.arrived',
    'run.closed',
    'exception.resolved',
  ]);
});

test('the carrier may name another driver while the truck waits for one', async () => {
  const runId = await into('in', 'G1', 'O1', 'R1');
  await relay.arrive('out', 'G1', 'R1', 'out_of_zone');
  await outsideDriver(station, 'O2');
  const named = { runId, returnDriverId: 'O2', wait: 'other_truck' as const };
  expect(await station.get(PlanReturn).execute(relay.next(), named)).toMatchObject({
    returnDriverId: 'O2',
    state: 'closed',
  });
  await relay.ready('out', 'O2');
  await relay.start('out');
  await relay.complete('out', 'R1', 'O2');
  await relay.depart('out');
  await expect(station.get(PlanReturn).execute(relay.next(), named)).rejects.toEqual(
    problem('illegal_state', 'RUN.ALREADY_CLOSED'),
  );
});

test('sent back into the zone, the truck goes on as a new run with the same driver and plan', async () => {
  await into('in', 'G1', 'O1', 'R1');
  await relay.arrive('out', 'G1', 'R1', 'out_of_zone');
  await relay.depart('out', { outcome: 'redirected' });
  expect(await custodianOf('G1')).toEqual(driver('R1'));
  const [, again] = await station.eventsOf('run.opened');
  expect(again.data).toMatchObject({ driverId: 'R1', direction: 'in_first', intoZoneVisitId: idOf('in') });
  await relay.arrive('out again', 'G1', 'R1', 'out_of_zone');
  expect(await relay.ready('out again', 'O1')).toMatchObject({ handoffState: 'accepted' });
});

test('nobody is carried across the line', async () => {
  await outsideDriver(station, 'O1');
  await relayDriver(station, 'R1');
  await relay.arrive('in', 'G1', 'O1');
  await expect(relay.depart('in', { outcome: 'no_swap_needed' })).rejects.toEqual(
    problem('illegal_state', 'DRIVER.ON_THE_OTHER_SIDE'),
  );
  await relay.ready('in', 'R1');
  await relay.start('in');
  await relay.complete('in', 'O1', 'R1');
  await expect(relay.depart('in', { outcome: 'turned_away' })).rejects.toEqual(
    problem('illegal_state', 'DRIVER.ON_THE_OTHER_SIDE'),
  );
  await relay.move('G1', driver('R1'), driver('O1'), jindong, 'handed_back');
  expect(await relay.depart('in', { outcome: 'turned_away' })).toMatchObject({ state: 'departed' });
});

test('a truck is not carried across the line by moving its custody: who takes it there takes it in a handoff', async () => {
  await outsideDriver(station, 'O1');
  await outsideDriver(station, 'O2');
  await relayDriver(station, 'R1');
  await relay.arrive('in', 'G1', 'O1');
  const other = problem('illegal_state', 'DRIVER.ON_THE_OTHER_SIDE');
  await expect(relay.move('G1', driver('O1'), driver('R1'), jindong, 'driver_absent')).rejects.toEqual(other);
  await relay.move('G1', driver('O1'), atStation, jindong, 'nobody_there');
  await expect(relay.move('G1', atStation, driver('R1'), jindong, 'taken_up')).rejects.toEqual(other);
  await relay.move('G1', atStation, driver('O2'), jindong, 'taken_up');
  await relay.move('G1', driver('O2'), driver('O1'), jindong, 'driver_absent');
  await relay.ready('in', 'R1');
  await relay.start('in');
  await relay.complete('in', 'O1', 'R1');
  await relayDriver(station, 'R2');
  await relay.move('G1', driver('R1'), driver('R2'), jindong, 'driver_absent');
  expect(await relay.depart('in')).toMatchObject({ state: 'departed' });
});

test('a parked truck that is to leave the zone is taken from the station in a handoff', async () => {
  await into('in', 'G1', 'O1', 'R1');
  await relay.arrive('out', 'G1', 'R1', 'out_of_zone');
  await relay.move('G1', driver('R1'), atStation, jindong, 'nobody_there');
  await expect(relay.move('G1', atStation, driver('O1'), jindong, 'taken_up')).rejects.toEqual(
    problem('illegal_state', 'DRIVER.ON_THE_OTHER_SIDE'),
  );
  await relay.ready('out', 'O1');
  await relay.start('out');
  await relay.complete('out', atStation, 'O1');
  expect(await relay.depart('out')).toMatchObject({ state: 'departed' });
});

test('a driver of the zone goes in with his truck without a swap: checked, and on a run', async () => {
  await relayDriver(station, 'R1');
  await relay.arrive('in', 'G1', 'R1');
  const leave = { outcome: 'no_swap_needed' as const, runId: idOf('run of in') };
  await expect(relay.depart('in', leave)).rejects.toEqual(problem('illegal_state', 'VISIT.NOT_CHECKED'));
  await relay.check('in');
  expect(await relay.depart('in', leave)).toMatchObject({ state: 'departed' });
  const [opened] = await station.eventsOf('run.opened');
  expect(opened.data).toMatchObject({ direction: 'in_first', driverId: 'R1', intoZoneVisitId: idOf('in') });
  expect(opened.data.dueBackAt).toBeDefined();
  await relay.arrive('out', 'G1', 'R1', 'out_of_zone');
  expect(await station.eventsOf('run.closed')).toHaveLength(1);
});

test('two drivers race to bring one truck, and one driver two trucks', async () => {
  await Promise.all(['O1', 'O2'].map((driverId) => outsideDriver(station, driverId)));
  const one = await Promise.allSettled([relay.arrive('a', 'G1', 'O1'), relay.arrive('b', 'G1', 'O2')]);
  expect(one.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const free = one[0].status === 'fulfilled' ? 'O2' : 'O1';
  const two = await Promise.allSettled([relay.arrive('c', 'G2', free), relay.arrive('d', 'G3', free)]);
  expect(two.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of [...one, ...two]) {
    if (result.status === 'rejected')
      expect(result.reason).toMatchObject({ kind: expect.stringMatching(/conflict|illegal_state/) as unknown });
  }
});

test('forty moves race for one truck: each leaves from where the last one left it', async () => {
  await into('in', 'G1', 'O1', 'R1');
  const request = Array.from({ length: 40 }, () => relay.next());
  const results = await Promise.allSettled(
    request.map((each) =>
      station.get(MoveCustody).execute(each, {
        plate: 'G1',
        from: driver('R1'),
        to: atEnterprise,
        place: enterprise,
        reason: 'parked',
        items: [],
      }),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await station.eventsOf('custody.moved')).toHaveLength(1);
  expect(carrier).toBe('carrier-1');
});
