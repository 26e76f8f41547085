import {
  carrier,
  enterprise,
  jindong,
  openNetwork,
  outsideDriver,
  relayDriver,
  zone,
} from '../../../../test/support/network.js';
import { idOf, Relay, truckOf } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { EndShift } from '../drivers/end-shift.js';
import { LiftZone } from '../network/lift-zone.js';
import { CloseRun } from '../runs/close-run.js';
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

test('turned away, custody ends at the gate: the truck may come back with somebody else (ruling 1)', async () => {
  await Promise.all([outsideDriver(station, 'O1'), outsideDriver(station, 'O2')]);
  await relay.arrive('first', 'G1', 'O1');
  await relay.check('first');
  await relay.depart('first', { outcome: 'turned_away', reasons: ['no_pass'] });
  expect(await custodianOf('G1')).toBeNull();
  await station.drain();
  const names = (await station.ports.reader.ofCorrelation(idOf('first'))).map((event) => event.type.slice(7, -3));
  expect(names.slice(-2)).toEqual(['handoff.aborted', 'visit.departed']);
  expect(await relay.arrive('second', 'G1', 'O2')).toMatchObject({ state: 'arrived' });
  expect(await relay.arrive('other truck', 'G2', 'O1')).toMatchObject({ state: 'arrived' });
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

test('nobody is there: the truck is parked, its driver is free, and it is taken from the station (ruling 2)', async () => {
  await into('in', 'G1', 'O1', 'R1');
  await relay.arrive('out', 'G1', 'R1', 'out_of_zone');
  await relay.check('out');
  await relay.move('G1', driver('R1'), atStation, jindong, 'nobody_there');
  expect(await custodianOf('G1')).toEqual(atStation);
  await expect(relay.depart('out', { outcome: 'turned_away' })).rejects.toEqual(
    problem('illegal_state', 'CUSTODY.NOBODY_TO_DRIVE'),
  );
  await outsideDriver(station, 'O2');
  await relay.arrive('next', 'G2', 'O2');
  await relay.ready('next', 'R1');
  await relay.start('next', '2');
  await relay.complete('next', 'O2', 'R1');
  await relay.assign('out', 'O1');
  await relay.accept('out', 'O1');
  await relay.start('out');
  await relay.complete('out', atStation, 'O1');
  await relay.depart('out');
  const completed = (await station.eventsOf('handoff.completed')).at(-1);
  expect(completed?.data).toMatchObject({ from: atStation, toDriverId: 'O1' });
  const parked = (await station.eventsOf('exception.opened')).map(({ data }) => data.code);
  expect(parked).toEqual(['custody_parked']);
  expect(await station.eventsOf('exception.resolved')).toHaveLength(1);
});

test('a truck that starts inside goes out first, and its run ends when it is back (ruling 3)', async () => {
  await relayDriver(station, 'R1');
  await relayDriver(station, 'R2');
  await outsideDriver(station, 'O1');
  const start = {
    plate: 'Z1',
    from: atEnterprise,
    to: driver('R1'),
    place: enterprise,
    reason: 'starts_inside',
    items: [],
    run: { runId: idOf('run'), dueBackAt: station.clock.now() + 86_400_000 },
  };
  await expect(station.get(MoveCustody).execute(relay.next(), start)).rejects.toEqual(
    problem('not_found', 'TRUCK.NOT_FOUND'),
  );
  await expect(
    station.get(MoveCustody).execute(relay.next(), { ...start, truck: truckOf('Z1'), to: driver('O1') }),
  ).rejects.toEqual(problem('conflict', 'DRIVER.ON_THE_OTHER_SIDE'));
  expect(await station.get(MoveCustody).execute(relay.next(), { ...start, truck: truckOf('Z1') })).toMatchObject({
    custodian: driver('R1'),
    runId: idOf('run'),
  });
  await relay.arrive('out', 'Z1', 'R1', 'out_of_zone');
  expect(await station.eventsOf('run.closed')).toHaveLength(0);
  await station.get(PlanReturn).execute(relay.next(), { runId: idOf('run'), returnDriverId: 'O1', wait: 'station' });
  await relay.ready('out', 'O1');
  await relay.start('out');
  await relay.complete('out', 'R1', 'O1');
  await relay.depart('out');
  expect(await custodianOf('Z1')).toBeNull();
  await relay.swap('back', 'Z1', 'O1', 'R2');
  await relay.depart('back');
  const [closed] = await station.eventsOf('run.closed');
  expect(closed.data).toMatchObject({ runId: idOf('run'), how: 'returned', intoZoneVisitId: idOf('back') });
  expect(await station.eventsOf('run.opened')).toHaveLength(1);
});

test('the shift ends in the zone: he keeps the truck until he hands it over (ruling 7)', async () => {
  await into('in', 'G1', 'O1', 'R1');
  await station.get(EndShift).execute(relay.next(), { driverId: 'R1' });
  await outsideDriver(station, 'O2');
  await relay.arrive('next', 'G2', 'O2');
  await relay.check('next');
  await expect(relay.assign('next', 'R1')).rejects.toMatchObject({ details: { rule: 'shift' } });
  await relay.arrive('out', 'G1', 'R1', 'out_of_zone');
  await relay.ready('out', 'O1');
  await relay.start('out');
  await relay.complete('out', 'R1', 'O1');
  const codes = (await station.eventsOf('exception.opened')).map(({ data }) => data.code);
  expect(codes).toEqual(['shift_over_in_zone']);
  expect(await station.eventsOf('exception.resolved')).toHaveLength(1);
  const [activity] = await station.database.rows<{ activity: { driving: object[] } }>(
    `SELECT activity FROM station.drivers WHERE driver_id = 'R1'`,
  );
  expect(activity.activity.driving).toHaveLength(1);
});

test('the zone is lifted: the first drivers take their trucks, the runs close (ruling 9)', async () => {
  const runId = await into('in', 'G1', 'O1', 'R1');
  const close = () => station.get(CloseRun).execute(relay.next(), { runId, how: 'zone_lifted' });
  await expect(close()).rejects.toEqual(problem('illegal_state', 'ZONE.STILL_ACTIVE'));
  await station.get(LiftZone).execute(relay.next(), { zoneId: zone });
  await relay.move('G1', driver('R1'), driver('O1'), enterprise, 'zone_lifted');
  expect(await close()).toMatchObject({ state: 'closed', how: 'zone_lifted' });
  expect(await custodianOf('G1')).toBeNull();
  await expect(close()).rejects.toEqual(problem('illegal_state', 'RUN.ALREADY_CLOSED'));
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
