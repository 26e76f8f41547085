import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { Timers } from '../../apps/station/src/timers/timers.js';
import { drivingOf } from '../support/driving.js';
import { jindong } from '../support/network.js';
import { idOf } from '../support/relay.js';
import { RelayOverHttp } from '../support/relay-over-http.js';
import { Tablet } from '../support/tablet.js';
import { brokenRules } from '../support/verified.js';

const minute = 60_000;

let relay: RelayOverHttp;
let tablet: Tablet;

const driver = (id: string) => ({ kind: 'driver', id }) as const;
const now = () => relay.running.clock.now();
const statuses = (results: readonly { status: string }[]) => results.map(({ status }) => status);
const openExceptions = async (code: string) =>
  (await relay.get(`exceptions?state=open&code=${code}`)).items as readonly Record<string, unknown>[];
const namesOf = async (visit: string) => (await relay.history(visit)).map(({ type }) => type.slice(7, -3));

/** Nobody has accepted in time. */
async function expire(): Promise<void> {
  relay.pass(6);
  await relay.running.get(Timers).fireDue();
  await relay.running.drain();
}

/** As somebody has said to the station meanwhile: the scheduler looks for another driver. */
async function declinedByR1(handoffId: string): Promise<void> {
  if ((await relay.visit('in')).driverId !== 'R1') return;
  await relay.post(relay.driver('R1'), `handoffs/${handoffId}/decline`, { driverId: 'R1' });
}

function isAssignmentOf(event: YizhanEvent, driverId: string): boolean {
  return isEvent(event, 'handoff.assigned') && event.data.driverId === driverId;
}

/** G1 waits at the station, checked; R1 is assigned and, by the driver's word to the tablet, on his way. */
async function waitsForR1(): Promise<string> {
  await relay.enrol('R1');
  await relay.enrolOutside('O1', 'O2');
  await relay.arrive('in', 'G1', 'O1');
  await relay.check('in');
  const { handoffId = '', driverId } = await relay.visit('in');
  expect(driverId).toBe('R1');
  return handoffId;
}

beforeEach(async () => {
  relay = await RelayOverHttp.open();
  tablet = new Tablet(relay);
});

/** Whatever was told late: the log keeps all ten rules, and the scheduler sees every driver as the station has him. */
afterEach(async () => {
  const broken = await brokenRules(relay.running);
  const { station, scheduler } = await drivingOf(relay.running);
  await relay.close();
  expect(broken).toEqual({});
  expect(scheduler).toEqual(station);
});

describe('4. Offline swap against a plan', () => {
  test('R1’s assignment has expired and R2 is assigned: the swap is a fact, R2’s plan is withdrawn, R1’s recorded late, an exception opened, R2 told', async () => {
    const handoffId = await waitsForR1();
    const startedAt = now() + minute;
    tablet.log('acceptance', startedAt - 30_000, handoffId, { driverId: 'R1' });
    tablet.start(handoffId, 'R1', startedAt);
    tablet.complete(handoffId, 'O1', 'R1', startedAt + 5 * minute);
    await relay.enrol('R2');
    await expire();
    await declinedByR1(handoffId);
    expect(await relay.visit('in')).toMatchObject({ handoffState: 'assigned', driverId: 'R2' });
    relay.pass(10);

    const told = await tablet.tell();
    expect(statuses(told)).toEqual(['refused', 'done', 'done']);
    expect(told[2].answer).toMatchObject({ handoffState: 'completed', driverId: 'R1' });
    const history = await relay.history('in');
    const since = history.slice(history.findLastIndex((event) => isAssignmentOf(event, 'R2')) + 1);
    expect(since.map(({ type, data }) => [type.slice(7, -3), 'driverId' in data ? data.driverId : undefined])).toEqual([
      ['handoff.assignment_ended', 'R2'],
      ['handoff.assigned', 'R1'],
      ['handoff.accepted', 'R1'],
      ['handoff.started', 'R1'],
      ['handoff.completed', undefined],
      ['cargo.released', undefined],
      ['exception.opened', undefined],
    ]);
    const [ended, assigned, , started, completed] = since;
    expect(ended.data).toMatchObject({ reason: 'withdrawn' });
    expect(assigned.data).toMatchObject({ assignedBy: 'operator', late: true, overrides: [] });
    expect(started).toMatchObject({ time: toIso(startedAt), recordedtime: toIso(now()) });
    expect(completed).toMatchObject({ time: toIso(startedAt + 5 * minute), recordedtime: toIso(now()) });
    expect(await openExceptions('offline_swap')).toMatchObject([{ visitId: idOf('in'), owner: jindong }]);
    expect(await relay.get('trucks/G1')).toMatchObject({ custodian: driver('R1') });

    // R2 has his hands free: what was the tempting wrong outcome, two assignments side by side, is not there.
    await relay.arrive('next', 'G2', 'O2');
    await relay.check('next');
    expect(await relay.visit('next')).toMatchObject({ driverId: 'R2' });
    await relay.depart('in');
  });

  test('meanwhile R1 was planned for another truck: that plan gives way too, and the other truck waits for somebody else', async () => {
    const handoffId = await waitsForR1();
    const startedAt = now() + minute;
    tablet.start(handoffId, 'R1', startedAt);
    tablet.complete(handoffId, 'O1', 'R1', startedAt + 5 * minute);
    await declinedByR1(handoffId);
    await relay.arrive('other', 'G2', 'O2');
    await relay.check('other');
    expect(await relay.visit('other')).toMatchObject({ handoffState: 'assigned', driverId: 'R1' });
    relay.pass(10);
    expect(statuses(await tablet.tell())).toEqual(['done', 'done']);
    expect(await relay.visit('other')).toMatchObject({ handoffState: 'requested' });
    expect((await namesOf('other')).at(-1)).toBe('assignment.withheld');
    await relay.depart('in');
  });

  test('his shift has ended since: he was on it when he took the truck', async () => {
    const handoffId = await waitsForR1();
    const startedAt = now() + minute;
    tablet.start(handoffId, 'R1', startedAt);
    tablet.complete(handoffId, 'O1', 'R1', startedAt + 2 * minute);
    relay.pass(4);
    await declinedByR1(handoffId);
    await relay.post(relay.driver('R1'), 'drivers/R1/shift-end');
    expect(statuses(await tablet.tell())).toEqual(['done', 'done']);
    const assigned = (await relay.running.eventsOf('handoff.assigned')).at(-1);
    expect(assigned?.data).toMatchObject({ driverId: 'R1', late: true, overrides: [] });
  });

  test('told again after the connection was cut: each record has its answer, and nothing happens twice', async () => {
    const handoffId = await waitsForR1();
    const startedAt = now() + minute;
    tablet.start(handoffId, 'R1', startedAt);
    tablet.complete(handoffId, 'O1', 'R1', startedAt + 5 * minute);
    tablet.depart('in', startedAt + 6 * minute);
    relay.pass(20);
    const first = await tablet.tell(tablet.logged.slice(0, 2));
    relay.pass(1);
    const again = await tablet.tell();
    expect(statuses(again)).toEqual(['done_before', 'done_before', 'done']);
    expect(again.map(({ answer }) => answer).slice(0, 2)).toEqual(first.map(({ answer }) => answer));
    expect(statuses(await tablet.tell())).toEqual(['done_before', 'done_before', 'done_before']);
    for (const name of ['handoff.started', 'handoff.completed', 'visit.departed'] as const) {
      expect(await relay.running.eventsOf(name)).toHaveLength(1);
    }
  });

  test('the truck is already gone with R2: refused with what is true now, and a person is asked; it is not dropped', async () => {
    const handoffId = await waitsForR1();
    const startedAt = now() + minute;
    tablet.start(handoffId, 'R1', startedAt);
    tablet.complete(handoffId, 'O1', 'R1', startedAt + 2 * minute);
    tablet.depart('in', startedAt + 3 * minute);
    await relay.enrol('R2');
    await declinedByR1(handoffId);
    expect(await relay.visit('in')).toMatchObject({ driverId: 'R2' });
    await relay.accept('in');
    await relay.start('in');
    await relay.complete('in', 'O1');
    await relay.depart('in');
    const length = (await relay.running.eventsOf('handoff.started')).length;

    const told = await tablet.tell();
    expect(statuses(told)).toEqual(['refused', 'not_tried', 'not_tried']);
    expect(told[0]).toMatchObject({
      problem: { code: 'HANDOFF.ALREADY_COMPLETED', driverId: 'R2' },
      now: { visit: { state: 'departed', outcome: 'swapped' }, truck: { custodian: driver('R2') } },
    });
    const [open] = await openExceptions('offline_refused');
    expect(open).toMatchObject({ exceptionId: told[0].exceptionId, visitId: idOf('in') });
    expect(await relay.running.eventsOf('handoff.started')).toHaveLength(length);
    expect((await tablet.tell())[0].exceptionId).toBe(told[0].exceptionId);
    expect(await openExceptions('offline_refused')).toHaveLength(1);
  });

  test('a driver of the other side, or without the licence, did not take the truck: refused, and a person is asked', async () => {
    const handoffId = await waitsForR1();
    await relay.enrol('R3', { licences: ['C1'] });
    const startedAt = now() + minute;
    relay.pass(10);
    tablet.start(handoffId, 'O2', startedAt);
    expect(await tablet.tell()).toMatchObject([
      { status: 'refused', problem: { code: 'DRIVER.NOT_ELIGIBLE', rule: 'side' } },
    ]);
    const other = new Tablet(relay, 'tablet-2');
    other.start(handoffId, 'R3', startedAt);
    expect(await other.tell()).toMatchObject([
      { status: 'refused', problem: { code: 'DRIVER.NOT_ELIGIBLE', rule: 'licence' } },
    ]);
    expect(await relay.visit('in')).toMatchObject({ handoffState: 'assigned', driverId: 'R1' });
    expect(await openExceptions('offline_refused')).toHaveLength(1);
  });
});

describe('5. Suspended meanwhile', () => {
  async function suspendedAfter(startsAfter: number) {
    const handoffId = await waitsForR1();
    await relay.accept('in');
    const ten = now();
    tablet.start(handoffId, 'R1', ten + startsAfter * minute);
    tablet.complete(handoffId, 'O1', 'R1', ten + 12 * minute);
    relay.pass(4);
    await relay.post(relay.http.as({ role: 'shift_lead', stations: [jindong] }), `stations/${jindong}/suspension`, {
      reason: 'flood',
    });
    expect(now()).toBe(ten + 5 * minute);
    relay.pass(15);
    return tablet.tell();
  }

  test('started at 10:00 offline, suspended at 10:05, told at 10:20: legal', async () => {
    const told = await suspendedAfter(0);
    expect(statuses(told)).toEqual(['done', 'done']);
    expect(await relay.get('trucks/G1')).toMatchObject({ custodian: driver('R1') });
    expect(await openExceptions('offline_refused')).toEqual([]);
    const online = await relay.try(relay.operator, `handoffs/${told[0].answer?.handoffId}/start`, {
      bayCode: '1',
      authorisation: { by: 'dispatcher', at: toIso(now()) },
    });
    expect(online.status).toBe(409);
  });

  test('started at 10:10: refused, with an exception', async () => {
    const told = await suspendedAfter(10);
    expect(statuses(told)).toEqual(['refused', 'not_tried']);
    expect(told[0]).toMatchObject({
      problem: { code: 'STATION.SUSPENDED', status: 409 },
      now: { visit: { handoffState: 'accepted', driverId: 'R1' }, truck: { custodian: driver('O1') } },
    });
    expect(await openExceptions('offline_refused')).toMatchObject([{ exceptionId: told[0].exceptionId }]);
    expect(await relay.running.eventsOf('handoff.started')).toEqual([]);
  });

  test('suspended and open again in between: what started in between is refused, before and after is not', async () => {
    const handoffId = await waitsForR1();
    await relay.accept('in');
    const lead = relay.http.as({ role: 'shift_lead', stations: [jindong] });
    await relay.post(lead, `stations/${jindong}/suspension`, { reason: 'flood' });
    const suspendedAt = now();
    relay.pass(5);
    await relay.post(lead, `stations/${jindong}/resumption`);
    const resumedAt = now();
    relay.pass(10);
    tablet.start(handoffId, 'R1', suspendedAt);
    expect(statuses(await tablet.tell())).toEqual(['refused']);
    const later = new Tablet(relay, 'tablet-2');
    later.start(handoffId, 'R1', resumedAt);
    later.complete(handoffId, 'O1', 'R1', resumedAt + minute);
    expect(statuses(await later.tell())).toEqual(['done', 'done']);
  });
});

describe('a bay holds one swap at a time, also in the past', () => {
  test('a swap that was over before the next one began in that bay is legal; one that overlaps it is refused', async () => {
    const handoffId = await waitsForR1();
    await relay.enrol('R2');
    await relay.arrive('other', 'G2', 'O2');
    await relay.check('other');
    expect(await relay.visit('other')).toMatchObject({ driverId: 'R2' });
    await relay.accept('other');
    const freeUntil = now() + minute;
    await relay.start('other', '1');
    expect(now()).toBe(freeUntil);
    await relay.complete('other', 'O2');
    relay.pass(10);
    tablet.start(handoffId, 'R1', freeUntil - 4 * 1000, '1');
    tablet.complete(handoffId, 'O1', 'R1', freeUntil + 1);
    const told = await tablet.tell();
    expect(told[0]).toMatchObject({ status: 'refused', problem: { code: 'BAY.OCCUPIED' } });
    const right = new Tablet(relay, 'tablet-2');
    right.start(handoffId, 'R1', freeUntil - 4 * 1000, '1');
    right.complete(handoffId, 'O1', 'R1', freeUntil);
    expect(statuses(await right.tell())).toEqual(['done', 'done']);
  });

  test('also while the next one is in the bay', async () => {
    const handoffId = await waitsForR1();
    await relay.enrol('R2');
    await relay.arrive('other', 'G2', 'O2');
    await relay.check('other');
    await relay.accept('other');
    const startedAt = now();
    await relay.start('other', '1');
    tablet.start(handoffId, 'R1', startedAt, '1');
    expect((await tablet.tell())[0]).toMatchObject({ status: 'refused', problem: { code: 'BAY.OCCUPIED' } });
    const ended = new Tablet(relay, 'tablet-2');
    ended.start(handoffId, 'R1', startedAt, '1');
    ended.complete(handoffId, 'O1', 'R1', startedAt + 30_000);
    expect(statuses(await ended.tell())).toEqual(['done', 'done']);
    await relay.complete('other', 'O2');
  });
});
