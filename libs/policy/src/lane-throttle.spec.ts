import fc from 'fast-check';
import { isOnLane, nextPassAt, throttleExemptFrom } from './lane-throttle.js';
import { policyPack } from './policy-pack.js';
import { readPolicyRules } from './read-policy-pack.js';

const minute = 60_000;
const hour = 60 * minute;

/** Whether one more at `at` keeps every hour that ends then or later within the limit, looked at minute by minute. */
function fits(passedAt: readonly number[], limit: number, at: number): boolean {
  return passedAt.filter((each) => each > at - hour && each <= at).length < limit;
}

it('says the first minute at which one more truck stays within the limit, as looking at every minute does', () => {
  const minutes = fc.integer({ min: -120, max: 0 }).map((each) => each * minute);
  fc.assert(
    fc.property(fc.array(minutes, { maxLength: 30 }), fc.integer({ min: 1, max: 12 }), (passedAt, limit) => {
      let at = 0;
      while (!fits(passedAt, limit, at)) at += minute;
      expect(nextPassAt(passedAt, limit, 0)).toBe(at);
    }),
  );
});

it('lets nobody through at a limit of none', () => {
  expect(nextPassAt([], 0, 0)).toBeUndefined();
});

it.each([
  [{ flow: 'into_zone' as const }, true],
  [{ flow: 'into_zone' as const, stationCode: null }, true],
  [{ flow: 'into_zone' as const, stationCode: 'JD' }, true],
  [{ flow: 'into_zone' as const, stationCode: 'PJ' }, false],
  [{ flow: 'out_of_zone' as const, stationCode: 'JD' }, false],
])('a truck into the zone at JD is on the lane %j: %s', (lane, expected) => {
  expect(isOnLane(lane, { flow: 'into_zone', stationCode: 'JD' })).toBe(expected);
});

it('a pack says from which priority on trucks pass, and is refused where it says nonsense', () => {
  const { rules } = policyPack('cn-freight');
  expect(throttleExemptFrom(rules)).toBe(8);
  expect(throttleExemptFrom(readPolicyRules({ ...rules, throttleExemptFromPriority: 10 }))).toBe(10);
  expect(() => readPolicyRules({ ...rules, throttleExemptFromPriority: 11 })).toThrow('throttleExemptFromPriority');
});
