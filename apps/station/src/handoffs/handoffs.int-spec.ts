import { jindong, openNetwork, outsideDriver, relayDriver, zone } from '../../../../test/support/network.js';
import { failed, idOf, Relay, signed } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { RecordRest } from '../drivers/record-rest.js';
import { HoldCargo } from '../cargo/hold-cargo.js';
import { ReleaseCargo } from '../cargo/release-cargo.js';
import { ResumeStation } from '../network/stations/resume-station.js';
import { SuspendStation } from '../network/stations/suspend-station.js';
import { Timers } from '../timers/timers.js';
import { AbortHandoff } from './abort-handoff.js';
import { AssignDriver } from './assign-driver.js';
import { DeclineAssignment } from './decline-assignment.js';
import { ReportNoShow } from './report-no-show.js';
import { WithdrawAssignment } from './withdraw-assignment.js';

let station: RunningStation;
let relay: Relay;
let drivers = 0;

/** A new outside driver with a truck at the station, checked; and relay drivers who are free. */
async function waiting(visit: string, relays: readonly string[] = []): Promise<string> {
  const driverId = `O${(drivers += 1)}`;
  await outsideDriver(station, driverId);
  for (const relayId of relays) await relayDriver(station, relayId);
  await relay.arrive(visit, `truck ${visit}`, driverId);
  await relay.check(visit);
  return driverId;
}

const namesOf = async (visit: string) =>
  (await station.ports.reader.ofCorrelation(idOf(visit))).map((event) => event.type.slice(7, -3));

const problem = (kind: string, code: string) => expect.objectContaining({ kind, code }) as unknown;

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  relay = new Relay(station);
});
afterAll(() => station.close());

test('checks that the policy asks for must all be there', async () => {
  await outsideDriver(station, 'O-check');
  await relay.arrive('check', 'truck check', 'O-check');
  const person = [{ check: 'person', passed: true }];
  await expect(relay.check('check', person)).rejects.toMatchObject({
    kind: 'invalid',
    code: 'VISIT.CHECKS_MISSING',
    details: { missing: ['vehicle', 'pass', 'seal'] },
  });
});

test('a failed check is an exception until the next one passes', async () => {
  await outsideDriver(station, 'O-failed');
  await relay.arrive('failed', 'truck failed', 'O-failed');
  expect(await relay.check('failed', failed)).toMatchObject({ checked: false });
  expect(await relay.check('failed')).toMatchObject({ checked: true, handoffState: 'requested' });
  await station.drain();
  expect(await namesOf('failed')).toEqual([
    'visit.arrived',
    'visit.checked',
    'exception.opened',
    'visit.checked',
    'handoff.requested',
    'exception.resolved',
  ]);
});

test('an assignment ends four ways, and the handoff waits again', async () => {
  await waiting('ends', ['R-ends']);
  const handoffId = await relay.handoffOf('ends');
  const ends = [
    () => station.get(DeclineAssignment).execute(relay.next(), { handoffId, driverId: 'R-ends' }),
    () => station.get(ReportNoShow).execute(relay.next(), { handoffId }),
    () => station.get(WithdrawAssignment).execute(relay.next(), { handoffId }),
  ];
  for (const end of ends) {
    await relay.assign('ends', 'R-ends');
    expect(await end()).toMatchObject({
      handoffState: 'requested',
      allowedSteps: expect.arrayContaining(['assign']) as unknown,
    });
  }
  await relay.assign('ends', 'R-ends');
  const due = await station.get(Timers).nextDueAt();
  station.clock.moveTo(due! + 1);
  expect(await station.get(Timers).fireDue()).toBe(1);
  expect(await station.get(Timers).fireDue()).toBe(0);
  const ended = (await station.eventsOf('handoff.assignment_ended')).filter(({ data }) => data.handoffId === handoffId);
  expect(ended.map(({ data }) => data.reason)).toEqual(['declined', 'no_show', 'withdrawn', 'expired']);
  expect((await station.eventsOf('exception.opened')).filter(({ data }) => data.code === 'no_show')).toHaveLength(1);
});

test('an accepted assignment does not expire', async () => {
  await waiting('accepted', ['R-accepted']);
  await relay.assign('accepted', 'R-accepted');
  const expiries = (): Promise<{ dueAt: number }[]> =>
    station.database.rows(`SELECT due_at AS "dueAt" FROM station.timers WHERE kind = 'assignment_expiry'`);
  const [{ dueAt }] = await expiries();
  await relay.accept('accepted', 'R-accepted');
  expect(await expiries()).toEqual([]);
  station.clock.moveTo(dueAt + 1);
  await station.get(Timers).fireDue();
  const handoffId = await relay.handoffOf('accepted');
  const ended = await station.eventsOf('handoff.assignment_ended');
  expect(ended.filter(({ data }) => data.handoffId === handoffId)).toEqual([]);
});

test('only the driver who is assigned accepts or declines', async () => {
  await waiting('whose', ['R-whose']);
  await relay.assign('whose', 'R-whose');
  await expect(relay.accept('whose', 'R-other')).rejects.toEqual(problem('conflict', 'HANDOFF.ASSIGNED_TO_ANOTHER'));
});

test('nobody is assigned who may not: side, licence and hours; overrides only where they are possible', async () => {
  const driverId = await waiting('eligible', ['R-eligible']);
  await expect(relay.assign('eligible', driverId)).rejects.toMatchObject({
    code: 'DRIVER.NOT_ELIGIBLE',
    details: { rule: 'side' },
  });
  const handoffId = await relay.handoffOf('eligible');
  const override = (rule: string) => [{ rule, reason: 'emergency', byId: 'lead-1' }];
  await expect(
    station.get(AssignDriver).execute(relay.next(), { handoffId, driverId, overrides: override('side') }),
  ).rejects.toEqual(problem('invalid', 'OVERRIDE.NOT_POSSIBLE'));
  await station.database.rows(
    `UPDATE station.drivers SET driving_since = $1::timestamptz WHERE driver_id = 'R-eligible'`,
    [new Date(station.clock.now() - 3 * 3_600_000)],
  );
  const driving = { handoffId, driverId: 'R-eligible' };
  await expect(station.get(AssignDriver).execute(relay.next(), driving)).rejects.toMatchObject({
    details: { rule: 'hours' },
  });
  const overrides = override('hours');
  expect(await station.get(AssignDriver).execute(relay.next(), { ...driving, overrides })).toMatchObject({
    handoffState: 'assigned',
  });
  const assigned = (await station.eventsOf('handoff.assigned')).find(({ data }) => data.handoffId === handoffId);
  expect(assigned?.data).toMatchObject({
    overrides,
    assignedBy: 'operator',
    clock: { continuousSeconds: expect.any(Number) as unknown },
  });
  expect(RecordRest).toBeDefined();
  expect(zone).toBe('yiwu');
});

test('ten trucks race for one driver: one has him', async () => {
  await relayDriver(station, 'R-race');
  for (let truck = 0; truck < 10; truck += 1) await waiting(`race ${truck}`);
  const handoffs = await Promise.all(Array.from({ length: 10 }, (_, truck) => relay.handoffOf(`race ${truck}`)));
  const results = await Promise.allSettled(
    handoffs.map((handoffId) => station.get(AssignDriver).execute(relay.next(), { handoffId, driverId: 'R-race' })),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results) {
    if (result.status === 'rejected') expect(result.reason).toEqual(problem('conflict', 'DRIVER.ALREADY_ASSIGNED'));
  }
  const live = await station.database.rows(
    `SELECT 1 FROM station.handoffs WHERE driver_id = 'R-race' AND state = 'assigned'`,
  );
  expect(live).toHaveLength(1);
});

test('ten drivers race for one truck: one is assigned', async () => {
  const relays = Array.from({ length: 10 }, (_, driver) => `R-many-${driver}`);
  await waiting('many', relays);
  const handoffId = await relay.handoffOf('many');
  const results = await Promise.allSettled(
    relays.map((driverId) => station.get(AssignDriver).execute(relay.next(), { handoffId, driverId })),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results)
    if (result.status === 'rejected') expect(result.reason).toEqual(problem('illegal_state', 'HANDOFF.NOT_REQUESTED'));
});

test('two swaps race for one bay: one starts', async () => {
  for (const visit of ['bay a', 'bay b']) {
    await waiting(visit, [`R-${visit}`]);
    await relay.assign(visit, `R-${visit}`);
    await relay.accept(visit, `R-${visit}`);
  }
  const results = await Promise.allSettled([relay.start('bay a', '2'), relay.start('bay b', '2')]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const lost = results.find((result) => result.status === 'rejected');
  expect(lost).toMatchObject({ reason: { kind: 'conflict', code: 'BAY.OCCUPIED' } });
  const winner = results[0].status === 'fulfilled' ? 'bay a' : 'bay b';
  await station
    .get(AbortHandoff)
    .execute(relay.next(), { handoffId: await relay.handoffOf(winner), reason: 'test_over' });
});

test('no handoff starts without acceptance, check, authorisation or an open station', async () => {
  await waiting('start', ['R-start']);
  await expect(relay.start('start')).rejects.toEqual(problem('illegal_state', 'HANDOFF.NOT_ACCEPTED'));
  await relay.assign('start', 'R-start');
  await relay.accept('start', 'R-start');
  await relay.check('start', failed);
  await expect(relay.start('start')).rejects.toEqual(problem('illegal_state', 'VISIT.CHECK_NOT_PASSED'));
  await relay.check('start');
  await station.get(HoldCargo).execute(relay.next(), { visitId: idOf('start'), reasons: ['papers'] });
  await expect(relay.start('start')).rejects.toEqual(problem('illegal_state', 'CARGO.HELD'));
  await relay.check('start');
  await station.get(SuspendStation).execute(relay.next(), { stationCode: jindong, reason: 'storm' });
  await expect(relay.start('start')).rejects.toEqual(problem('illegal_state', 'STATION.SUSPENDED'));
  await station.get(ResumeStation).execute(relay.next(), { stationCode: jindong });
  await expect(relay.start('start', '9')).rejects.toEqual(problem('not_found', 'BAY.NOT_FOUND'));
  expect(await relay.start('start')).toMatchObject({
    handoffState: 'started',
    allowedSteps: expect.not.arrayContaining(['depart']) as unknown,
  });
  await expect(relay.depart('start', { outcome: 'turned_away' })).rejects.toEqual(
    problem('illegal_state', 'HANDOFF.UNDER_WAY'),
  );
  await relay.complete('start', `O${drivers}`, 'R-start');
});

test('a driver who holds a truck can be assigned the next one, but starts only when he has handed it over', async () => {
  const first = await waiting('holds a', ['R-holds']);
  await relay.assign('holds a', 'R-holds');
  await relay.accept('holds a', 'R-holds');
  await relay.start('holds a');
  await relay.complete('holds a', first, 'R-holds');
  await waiting('holds b');
  await relay.assign('holds b', 'R-holds');
  await relay.accept('holds b', 'R-holds');
  await expect(relay.start('holds b')).rejects.toEqual(problem('conflict', 'DRIVER.HOLDS_ANOTHER_TRUCK'));
});

test('all three sign, each for himself', async () => {
  const from = await waiting('signs', ['R-signs']);
  await relay.assign('signs', 'R-signs');
  await relay.accept('signs', 'R-signs');
  await relay.start('signs');
  const three = signed(from, 'R-signs', station.clock.now());
  const refused = problem('invalid', 'HANDOFF.SIGNATURES');
  await expect(relay.complete('signs', from, 'R-signs', { signatures: three.slice(1) })).rejects.toEqual(refused);
  await expect(relay.complete('signs', 'somebody', 'R-signs')).rejects.toEqual(refused);
  await expect(relay.complete('signs', from, 'somebody')).rejects.toEqual(refused);
  await expect(relay.complete('signs', { kind: 'station', id: jindong }, 'R-signs')).rejects.toEqual(refused);
  expect(await relay.complete('signs', from, 'R-signs')).toMatchObject({ handoffState: 'completed' });
});

test('a hold after the swap keeps the cargo until it has been checked again and released', async () => {
  const from = await waiting('hold', ['R-hold']);
  await relay.assign('hold', 'R-hold');
  await relay.accept('hold', 'R-hold');
  await relay.start('hold');
  await station.get(HoldCargo).execute(relay.next(), { visitId: idOf('hold'), reasons: ['papers'] });
  expect(await relay.complete('hold', from, 'R-hold')).toMatchObject({ held: true });
  await expect(relay.depart('hold')).rejects.toEqual(problem('illegal_state', 'CARGO.NOT_RELEASED'));
  const release = () => station.get(ReleaseCargo).execute(relay.next(), { visitId: idOf('hold') });
  await expect(release()).rejects.toEqual(problem('illegal_state', 'CARGO.HELD'));
  await relay.check('hold');
  expect(await release()).toMatchObject({ allowedSteps: expect.arrayContaining(['depart']) as unknown });
  await expect(release()).rejects.toEqual(problem('illegal_state', 'CARGO.ALREADY_RELEASED'));
  await relay.depart('hold');
});

test('the same key gives the stored answer, and nothing is done twice', async () => {
  await waiting('again', ['R-again']);
  const handoffId = await relay.handoffOf('again');
  const request = relay.next();
  const first = await station.get(AssignDriver).execute(request, { handoffId, driverId: 'R-again' });
  const results = await Promise.all(
    [1, 2].map(() => station.get(AssignDriver).execute(request, { handoffId, driverId: 'R-again' })),
  );
  expect(results).toEqual([first, first]);
  expect((await station.eventsOf('handoff.assigned')).filter(({ data }) => data.handoffId === handoffId)).toHaveLength(
    1,
  );
});
