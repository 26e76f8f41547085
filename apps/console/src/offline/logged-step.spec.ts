import {
  byTap,
  heldUp,
  idToCome,
  isAnsweredBy,
  type LoggedStep,
  mayAskAtOnce,
  mayStandFor,
  nextUpload,
  settled,
  tapsIn,
  waitingBehind,
  waitsForAnother,
  withGivenIds,
  withOvertaken,
} from './logged-step.js';
import type { NewStep } from './step-kinds.js';

const queue: NewStep = { kind: 'queue', id: 'v', body: { queue: 'outside' } };
const release: NewStep = { kind: 'release', id: 'v', body: undefined };
const me = 'operator:lin';

const logged = (order: number, change: Partial<LoggedStep> = {}, plate = '浙G10001'): LoggedStep => ({
  order,
  requestId: `key-${order}`,
  step: queue,
  about: { visitId: plate, plate, stationCode: 'jindong' },
  time: '2026-03-02T00:00:00.000Z',
  loggedAt: order,
  account: me,
  state: 'waiting',
  ...change,
});

const ordersOf = (steps: readonly LoggedStep[]) => steps.map(({ order }) => order);

it('sends what waits in its order, in the name of who has logged it, and what is settled never again', () => {
  const steps = [
    logged(3),
    logged(1),
    logged(2, { account: 'operator:wang' }, '浙G10002'),
    logged(4, { state: 'done' }),
    logged(5, { state: 'discarded' }),
    logged(1.5, {}, '浙G10003'),
  ];
  expect(ordersOf(nextUpload(steps, me, 0))).toEqual([1, 1.5, 3]);
});

it('lets the steps of a truck wait behind one that a form asks for itself, or that names who is to come', () => {
  const arrival = { kind: 'arrival', body: { driverId: idToCome('driver', 'key-9') } } as unknown as NewStep;
  const steps = [
    logged(1, { heldUntil: 10 }),
    logged(2),
    logged(3, { step: arrival }, '浙G10002'),
    logged(4, {}, '浙G10002'),
    logged(5, {}, '浙G10003'),
  ];
  expect(ordersOf(nextUpload(steps, me, 9))).toEqual([5]);
  expect(ordersOf(nextUpload(steps, me, 10))).toEqual([1, 2, 5]);
});

it('lets what was logged before a refusal wait for a person, and what was logged in the knowledge of it go', () => {
  const refused = logged(1, { step: release, state: 'refused', settledAt: 100 });
  const steps = [refused, logged(2), logged(3, { loggedAt: 101 }), logged(4, {}, '浙G10002')];
  expect(ordersOf(heldUp(steps))).toEqual([2]);
  // The order of a truck's steps is kept: what waits for a person is waited for.
  expect(ordersOf(nextUpload(steps, me, 200))).toEqual([4]);
  expect(ordersOf(nextUpload([{ ...refused, state: 'discarded' }, ...steps.slice(1)], me, 200))).toEqual([2, 3, 4]);
  const plan = { ...refused, step: queue };
  expect(ordersOf(nextUpload([plan, ...steps.slice(1)], me, 200))).toEqual([2, 3, 4]);
});

it('knows by the answer how a step came out', () => {
  const step = logged(1, { heldUntil: 5 });
  const done = settled(step, { requestId: 'key-1', status: 'done_before', answer: { ticketNo: 'W001' } }, 7);
  expect(done).toMatchObject({ state: 'done', settledAt: 7, answer: { ticketNo: 'W001' } });
  expect(done).not.toHaveProperty('heldUntil');
  const intake: NewStep = { kind: 'intake', body: { stationCode: 'jindong', plate: '浙G10001', phone: '13800138000' } };
  const taken = settled(logged(2, { step: intake }), { requestId: 'key-2', status: 'done' }, 7);
  expect(JSON.stringify(taken)).not.toContain('13800138000');
  const problem = { code: 'BAY.OCCUPIED', detail: 'the bay is taken', status: 409 };
  const now = { visit: { visitId: 'v', state: 'arrived', held: false } };
  expect(settled(step, { requestId: 'key-1', status: 'refused', problem, now }, 7)).toMatchObject({
    state: 'refused',
    problem,
    now,
  });
  expect(settled(step, { requestId: 'key-1', status: 'not_tried' }, 7)).toMatchObject({ state: 'waiting' });
});

it('puts the ids that were given in the place of those that stood for them', () => {
  const [driverId, carrierId] = [idToCome('driver', 'key-1'), idToCome('carrier', 'key-1')];
  const arrival = { kind: 'arrival', body: { driverId, carrierId, dueAt: 'later' } } as unknown as NewStep;
  const intake = logged(1, { state: 'done', answer: { driverId: 'O-1', carrierId: 'C-1' } });
  expect(withGivenIds(arrival, [intake]).body).toEqual({ driverId: 'O-1', carrierId: 'C-1', dueAt: 'later' });
  expect(withGivenIds(arrival, [logged(2, { answer: { driverId: 'O-2' } })]).body).toEqual(arrival.body);
  expect(withGivenIds(release, [intake])).toBe(release);
});

it('asks nobody to look at a plan that gave way to the swap that was made', () => {
  const plan = (order: number, id: string) =>
    logged(order, { state: 'refused', step: { kind: 'assignment', id, body: { driverId: 'R1' } } });
  const start = logged(3, { state: 'done', step: { kind: 'start', id: 'h', body: { bayCode: '1', driverId: 'R1' } } });
  expect(withOvertaken([plan(1, 'h'), plan(2, 'other'), start, plan(4, 'h')]).map(({ state }) => state)).toEqual([
    'overtaken',
    'refused',
    'done',
    'refused',
  ]);
});

it('lets nobody overtake what another person has logged of the same truck', () => {
  const [mine, others] = ['浙G10001', '浙G10002'];
  const steps = [logged(1, { account: 'operator:wang' })];
  expect(mayAskAtOnce(steps, mine, me, 0)).toBe(false);
  expect(mayAskAtOnce(steps, others, me, 0)).toBe(true);
  expect(mayAskAtOnce(steps, others, 'operator:wang', 0)).toBe(false);
  // What a form asks for itself holds up its own truck alone.
  const held = [logged(1, { heldUntil: 10 })];
  expect([mayAskAtOnce(held, mine, me, 9), mayAskAtOnce(held, others, me, 9)]).toEqual([false, true]);
  expect(mayAskAtOnce([{ ...held[0], state: 'done' }], mine, me, 9)).toBe(true);

  const behind = logged(2);
  expect(nextUpload([...steps, behind], me, 0)).toEqual([]);
  expect(waitsForAnother(behind, [...steps, behind])).toBe('operator:wang');
  expect(waitsForAnother(behind, [logged(1), behind, logged(3, { account: 'operator:wang' })])).toBeUndefined();
  expect(waitsForAnother(logged(2, {}, others), steps)).toBeUndefined();
});

it('knows what was entered behind a step, and may be refused where that is not sent', () => {
  const steps = [logged(3), logged(1), logged(2), logged(4, { state: 'done' }), logged(5, {}, '浙G10002')];
  expect(ordersOf(waitingBehind(logged(1), steps))).toEqual([2, 3]);
  expect(waitingBehind(logged(3), steps)).toEqual([]);
});

it('lets another step stand for one that was refused or waits, and for none that a form asks for or that is settled', () => {
  const may = (change: Partial<LoggedStep>) => mayStandFor(logged(1, change), 10);
  expect(may({ state: 'refused' })).toBe(true);
  expect(may({})).toBe(true);
  expect(may({ heldUntil: 11 })).toBe(false);
  expect(may({ state: 'done' })).toBe(false);
  expect(may({ state: 'discarded' })).toBe(false);
  expect(mayStandFor(undefined, 10)).toBe(false);
});

it('tells the truth of a step that was left while it was under way: that it has been done', () => {
  const left = logged(1, { state: 'discarded', discardedFor: 'entered_twice' });
  const result = { requestId: 'key-1', status: 'done' as const };
  expect(isAnsweredBy(left, result)).toBe(true);
  expect(settled(left, result, 7)).toMatchObject({ state: 'done', settledAt: 7 });
  expect(settled(left, result, 7)).not.toHaveProperty('discardedFor');
  expect(isAnsweredBy(left, { ...result, status: 'refused' })).toBe(false);
  expect(isAnsweredBy(logged(1), { ...result, status: 'refused' })).toBe(true);
  expect(isAnsweredBy(logged(1, { state: 'done' }), result)).toBe(false);
});

it('puts the steps of one tap together, in their order: as many as a person has logged', () => {
  const later = { time: '2026-03-02T00:01:00.000Z' };
  const steps = [logged(1), logged(2, {}, '浙G10002'), logged(3), logged(4, later)];
  expect(byTap(steps).map(ordersOf)).toEqual([[1, 3], [2], [4]]);
  expect(tapsIn(steps)).toBe(3);
});
