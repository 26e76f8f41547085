import type { YizhanEvent } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { Lending } from '../../../../test/support/lending.js';
import {
  area,
  jindong,
  kaihua,
  openNetwork,
  openOtherArea,
  otherArea,
  outsideDriver,
  relayDriver,
  zone,
} from '../../../../test/support/network.js';
import { Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { verified } from '../../../../test/support/verified.js';
import { ChangeDriverSide } from '../drivers/change-driver-side.js';
import { RetractEvent } from '../corrections/retract-event.js';
import { loadDriverFacts } from '../drivers/driver-facts.repository.js';
import { EndShift } from '../drivers/end-shift.js';
import { RecordRest } from '../drivers/record-rest.js';
import { AssignDriver } from '../handoffs/assign-driver.js';
import { WithdrawAssignment } from '../handoffs/withdraw-assignment.js';
import { LiftZone } from '../network/zones/lift-zone.js';
import { CreateArea } from '../network/areas/create-area.js';
import { Timers } from '../timers/timers.js';
import { LoanRow } from './loan.entity.js';

let station: RunningStation;
let lending: Lending;
let relay: Relay;

beforeEach(async () => {
  station = await startStation();
  await openNetwork(station);
  await openOtherArea(station);
  for (const driverId of ['R1', 'R2']) await relayDriver(station, driverId);
  await outsideDriver(station, 'O1');
  lending = new Lending(station);
  relay = new Relay(station);
});

afterEach(async () => {
  const { rules } = await verified(station);
  // Rule 9 wants a blocker from the scheduler, which does not run here.
  expect(rules.filter(({ rule, violations }) => rule !== 9 && violations > 0)).toEqual([]);
  await station.close();
});

/** `area name` of all that was told of a driver since he was enrolled. */
async function toldOf(driverId: string): Promise<string[]> {
  const events = (await station.events()).filter(({ subject }) => subject === `driver/${driverId}`);
  const names = events.map(({ partitionkey, type }) => `${partitionkey} ${type.slice('yizhan.driver.'.length, -3)}`);
  return names.slice(names.indexOf(`${area} shift_started`) + 1);
}

const poolOf = async (driverId: string): Promise<string> => {
  const [row] = await station.database.rows<{ area_code: string }>(
    'SELECT area_code FROM station.drivers WHERE driver_id = $1',
    [driverId],
  );
  return row?.area_code ?? '';
};

it('an area that serves a zone too is told of it and of its rules, and of its end', async () => {
  const told = (await station.events()).filter(({ partitionkey }) => partitionkey === otherArea);
  expect(told.map(({ type }) => type)).toEqual([
    'yizhan.station.opened.v1',
    'yizhan.policy.published.v1',
    'yizhan.zone.activated.v1',
  ]);
  await station.get(LiftZone).execute(station.request('lift'), { zoneId: zone });
  expect((await station.eventsOf('zone.lifted')).map(({ partitionkey }) => partitionkey)).toEqual([area, otherArea]);
});

it('a driver is offered, accepted, in the other pool, and back; each step is told in both areas', async () => {
  const { loanId } = await lending.offer('R1');
  expect(await poolOf('R1')).toBe(area);
  expect(await lending.accept(loanId)).toMatchObject({ state: 'accepted', version: 2 });
  expect(await poolOf('R1')).toBe(area);
  await lending.join(loanId);
  expect(await poolOf('R1')).toBe(otherArea);
  await lending.beginReturn(loanId);
  expect(await poolOf('R1')).toBe(otherArea);
  expect(await lending.takeBack(loanId)).toEqual({
    loanId,
    driverId: 'R1',
    fromAreaCode: area,
    toAreaCode: otherArea,
    state: 'returned',
    version: 5,
  });
  expect(await poolOf('R1')).toBe(area);
  const both = (name: string) => [`${area} ${name}`, `${otherArea} ${name}`];
  expect(await toldOf('R1')).toEqual([
    ...both('loan_offered'),
    ...both('lent'),
    `${area} shift_ended`,
    ...both('pool_joined'),
    `${otherArea} shift_started`,
    ...both('return_begun'),
    `${otherArea} shift_ended`,
    ...both('returned').toReversed(),
    `${area} shift_started`,
  ]);
  const [, known] = await station.eventsOf('driver.pool_joined');
  expect(known?.data).toMatchObject({
    areaCode: otherArea,
    fromAreaCode: area,
    stationCode: kaihua,
    driver: { insideZoneId: zone, licences: ['A2'], credentials: [{ credential: 'professional_qualification' }] },
  });
  const shifts = await station.eventsOf('driver.shift_started');
  expect(new Set(shifts.filter(({ data }) => data.driverId === 'R1').map(({ data }) => data.endsAt)).size).toBe(1);
  await expect(lending.takeBack(loanId)).rejects.toMatchObject({ code: 'LOAN.ALREADY_RETURNED' });
});

it('an offer is declined, withdrawn or called off, or lapses; then he may be offered again', async () => {
  const declined = await lending.offer('R1');
  await expect(lending.offer('R1')).rejects.toMatchObject({ code: 'LOAN.ANOTHER_IS_OPEN' });
  await lending.end(declined.loanId, 'decline');
  const withdrawn = await lending.offer('R1');
  await lending.end(withdrawn.loanId, 'withdraw');
  const calledOff = await lending.offer('R1');
  await lending.accept(calledOff.loanId);
  await expect(lending.end(calledOff.loanId, 'withdraw')).rejects.toMatchObject({ code: 'LOAN.NOT_OFFERED' });
  await lending.end(calledOff.loanId, 'call_off');
  const lapsing = await lending.offer('R1', otherArea, station.clock.now() + 60_000);
  station.clock.moveTo(station.clock.now() + 60_000);
  await expect(lending.accept(lapsing.loanId)).rejects.toMatchObject({ code: 'LOAN.LAPSED' });
  expect(await station.get(Timers).fireDue()).toBe(1);
  const ended = await station.eventsOf('driver.loan_ended');
  expect(ended.map(({ partitionkey, data }) => `${partitionkey} ${data.reason}`)).toEqual(
    ['declined', 'withdrawn', 'called_off', 'lapsed'].flatMap((reason) => [
      `${area} ${reason}`,
      `${otherArea} ${reason}`,
    ]),
  );
  await expect(lending.join(calledOff.loanId)).rejects.toMatchObject({ code: 'LOAN.ALREADY_ENDED' });
  const accepted = await lending.offer('R1');
  await lending.accept(accepted.loanId);
  station.clock.moveTo(station.clock.now() + 24 * 3_600_000);
  expect(await station.get(Timers).fireDue()).toBe(0);
  expect(await poolOf('R1')).toBe(area);
});

it('only a relay driver of the area is lent, to an area that serves his zone', async () => {
  await station.get(CreateArea).execute(station.request('third'), { areaCode: 'third', name: 'Third' });
  await expect(lending.offer('R1', 'third')).rejects.toMatchObject({ code: 'LOAN.ZONE_NOT_SERVED' });
  await expect(lending.offer('O1')).rejects.toMatchObject({ code: 'LOAN.NOT_A_RELAY_DRIVER' });
  await expect(lending.offer('R1', area)).rejects.toMatchObject({ code: 'LOAN.SAME_AREA' });
  await expect(lending.offer('R1', 'nowhere')).rejects.toMatchObject({ code: 'AREA.NOT_FOUND' });
  const { loanId } = await lending.offer('R1');
  await lending.accept(loanId);
  await expect(lending.join(loanId, jindong)).rejects.toMatchObject({ code: 'STATION.NOT_FOUND' });
  await station.get(EndShift).execute(station.request('off'), { driverId: 'R1' });
  await station.get(ChangeDriverSide).execute(station.request('out'), { driverId: 'R1', insideZoneId: null });
  await expect(lending.join(loanId)).rejects.toMatchObject({ code: 'LOAN.NOT_A_RELAY_DRIVER' });
  expect(await poolOf('R1')).toBe(area);
});

it('he goes without a truck and without an assignment, and no area assigns who is in the pool of another', async () => {
  const { loanId } = await lending.offer('R1');
  await lending.accept(loanId);
  await relay.arrive('in', 'G1', 'O1');
  await relay.check('in');
  const handoffId = await relay.handoffOf('in');
  // His own area may still name him: he is in its pool.
  await station.get(AssignDriver).execute(relay.next(), { handoffId, driverId: 'R1' });
  await expect(lending.join(loanId)).rejects.toMatchObject({ code: 'DRIVER.HAS_LIVE_ASSIGNMENT' });
  await station.get(WithdrawAssignment).execute(relay.next(), { handoffId });
  await lending.join(loanId);
  await expect(station.get(AssignDriver).execute(relay.next(), { handoffId, driverId: 'R1' })).rejects.toMatchObject({
    code: 'DRIVER.OTHER_POOL',
    details: { areaCode: otherArea },
  });
  await station.get(AssignDriver).execute(relay.next(), { handoffId, driverId: 'R2' });
});

it('what was told of him before he left is not taken back while another area relies on it', async () => {
  const { at } = station.request('now');
  const rest = { driverId: 'R1', startedAt: at - 3_600_000, endedAt: at - 1_800_000 };
  await station.get(RecordRest).execute(station.request('rest'), rest);
  const [recorded] = await station.eventsOf('driver.rest_recorded');
  await lending.lend('R1');
  await station.drain();
  const retraction = { subjectKind: 'driver' as const, subjectId: 'R1', eventId: recorded?.id ?? '' };
  await expect(station.get(RetractEvent).execute(station.request('back'), retraction)).rejects.toMatchObject({
    code: 'RECORD.DEPENDED_ON',
    message: expect.stringContaining('gone to another pool since') as string,
  });
  const [, known] = await station.eventsOf('driver.pool_joined');
  expect(known?.data.driver?.rests).toEqual([{ startedAt: toIso(rest.startedAt), endedAt: toIso(rest.endedAt) }]);
});

it('of what is recorded late, a driver is in the pool that he was in', async () => {
  const minute = 60_000;
  const before = station.clock.now();
  station.clock.moveTo(before + 10 * minute);
  await lending.lend('R1');
  station.clock.moveTo(before + 20 * minute);
  const poolAsOf = (asOf?: number) =>
    station.database.transaction(async (tx) => (await loadDriverFacts(tx, 'R1', asOf)).areaCode);
  expect(await poolAsOf(before + 9 * minute)).toBe(area);
  expect(await poolAsOf(before + 10 * minute)).toBe(otherArea);
  expect(await poolAsOf()).toBe(otherArea);
});

it('two areas that want him, and a return that meets an acceptance, each have one winner', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { loanId } = await lending.offer('R1');
    const steps = await Promise.allSettled([
      lending.accept(loanId),
      lending.accept(loanId),
      lending.end(loanId, 'withdraw'),
      lending.end(loanId, 'decline'),
    ]);
    expect(steps.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const loan = await station.database.manager.findOneByOrFail(LoanRow, { loanId });
    if (loan.state === 'ended') continue;
    const next = await Promise.allSettled([
      lending.join(loanId),
      lending.join(loanId),
      lending.end(loanId, 'call_off'),
    ]);
    expect(next.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const isThere = (await poolOf('R1')) === otherArea;
    const { state } = await station.database.manager.findOneByOrFail(LoanRow, { loanId });
    expect(state).toBe(isThere ? 'joined' : 'ended');
    if (!isThere) continue;
    await lending.beginReturn(loanId);
    await lending.takeBack(loanId);
  }
  const offers = await Promise.allSettled([lending.offer('R2'), lending.offer('R2'), lending.offer('R2')]);
  expect(offers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

it('an assignment and a hand-over at once: one of them, and he is never assigned by who does not have him', async () => {
  await relay.arrive('in', 'G1', 'O1');
  await relay.check('in');
  const handoffId = await relay.handoffOf('in');
  for (let round = 0; round < 10; round += 1) {
    const { loanId } = await lending.offer('R1');
    await lending.accept(loanId);
    const [assigned, joined] = await Promise.allSettled([
      station.get(AssignDriver).execute(relay.next(), { handoffId, driverId: 'R1' }),
      lending.join(loanId),
    ]);
    expect([assigned.status, joined.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    if (assigned.status === 'fulfilled') await station.get(WithdrawAssignment).execute(relay.next(), { handoffId });
    if (joined.status === 'rejected') {
      expect(joined.reason).toMatchObject({ code: 'DRIVER.HAS_LIVE_ASSIGNMENT' });
      await lending.join(loanId);
    }
    await lending.beginReturn(loanId);
    await lending.takeBack(loanId);
  }
  const moves = (await station.events()).filter(
    (event): event is YizhanEvent<'driver.pool_joined'> => event.type === 'yizhan.driver.pool_joined.v1',
  );
  expect(moves).toHaveLength(20);
});
