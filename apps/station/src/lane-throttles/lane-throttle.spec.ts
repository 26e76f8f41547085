import { heldBack, type ThrottleInForce } from './lane-throttle.js';

const minute = 60_000;
const hour = 60 * minute;
const now = 100 * hour;
const usual = { priority: 0, rules: {} };

const throttle = (facts: Partial<ThrottleInForce>): ThrottleInForce => ({
  throttleId: 'T1',
  areaCode: 'jinhua',
  flow: 'into_zone',
  stationCode: null,
  trucksPerHour: 2,
  endsAt: null,
  assignedAt: [],
  ...facts,
});

it('holds a truck back until the hour has room for it again', () => {
  const assignedAt = [now - 50 * minute, now - 10 * minute];
  expect(heldBack([throttle({ assignedAt: [now - 10 * minute] })], usual, now)).toBeUndefined();
  expect(heldBack([throttle({ assignedAt })], usual, now)).toEqual({
    throttleId: 'T1',
    trucksPerHour: 2,
    until: now + 10 * minute,
  });
});

it('no longer than until it ends, and not at all where it is over', () => {
  const assignedAt = [now - 1, now - 1];
  expect(heldBack([throttle({ assignedAt, endsAt: now + minute })], usual, now)?.until).toBe(now + minute);
  expect(heldBack([throttle({ assignedAt, endsAt: now })], usual, now)).toBeUndefined();
});

it('for as long as the narrowest of its lanes asks; none at all never ends by itself', () => {
  const wide = throttle({ throttleId: 'T2', assignedAt: [now - 59 * minute, now - 1] });
  const narrow = throttle({ stationCode: 'JD', trucksPerHour: 1, assignedAt: [now - 1] });
  expect(heldBack([wide, narrow], usual, now)?.throttleId).toBe('T1');
  expect(heldBack([wide, throttle({ trucksPerHour: 0 })], usual, now)).toEqual({ throttleId: 'T1', trucksPerHour: 0 });
});

it('lets a truck pass whose priority the policy lets pass', () => {
  const closed = [throttle({ trucksPerHour: 0 })];
  expect(heldBack(closed, { ...usual, priority: 8 }, now)).toBeUndefined();
  expect(heldBack(closed, { priority: 8, rules: { throttleExemptFromPriority: 9 } }, now)).toBeDefined();
});
