import fc from 'fast-check';
import type { DriverActivity } from '../src/hours/driven-stretches.js';
import type {
  ContinuousDrivingRule,
  ContinuousNightDrivingRule,
  DrivingInWindowRule,
  HoursRule,
  NoDrivingBetweenRule,
} from '../src/policy-rules.js';

const minute = 60_000;

/** A Monday, 00:00 UTC: the planned starts lie in the day after it. */
export const monday = Date.UTC(2026, 10, 2);

/**
 * Some hours of driving and of rests in the day and a half before and after `monday`, unsorted, overlapping; sometimes
 * with an open end.
 */
export const activities: fc.Arbitrary<DriverActivity> = fc.record({
  driving: fc.array(
    fc
      .tuple(fc.integer({ min: -2160, max: 1700 }), fc.integer({ min: 0, max: 200 }), fc.nat({ max: 15 }))
      .map(([from, length, open]) => ({
        from: monday + from * minute,
        to: open === 0 && from > 0 ? null : monday + (from + length) * minute,
      })),
    { maxLength: 12 },
  ),
  rests: fc.array(
    fc
      .tuple(fc.integer({ min: -2160, max: 1700 }), fc.integer({ min: 0, max: 50 }))
      .map(([from, length]) => ({ from: monday + from * minute, to: monday + (from + length) * minute })),
    { maxLength: 6 },
  ),
});

export const plannedStarts = fc.integer({ min: 0, max: 1440 }).map((minutes) => monday + minutes * minute);

/** Minutes of planned driving: none, some, or too many. */
export const plannedMinutes = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 150 }),
  fc.integer({ min: 1, max: 1500 }),
);

export const utcOffsets = fc.constantFrom(480, 0, 345, -330);

const seconds = (min: number, max: number): fc.Arbitrary<number> =>
  fc.integer({ min, max }).map((minutes) => minutes * 60);

const times = fc
  .uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 2, maxLength: 2 })
  .map(([from, to]) => ({ from: timeOfDay(from), to: timeOfDay(to) }));

export const continuousRules: fc.Arbitrary<ContinuousDrivingRule> = fc.record({
  rule: fc.constant('continuous_driving'),
  maxSeconds: seconds(10, 300),
  restSeconds: seconds(5, 60),
});

export const nightRules: fc.Arbitrary<ContinuousNightDrivingRule> = fc
  .tuple(times, seconds(10, 180), seconds(5, 60))
  .map(([window, maxSeconds, restSeconds]) => ({
    rule: 'continuous_night_driving',
    maxSeconds,
    ...window,
    restSeconds,
  }));

export const windowRules: fc.Arbitrary<DrivingInWindowRule> = fc.record({
  rule: fc.constant('driving_in_window'),
  maxSeconds: seconds(30, 600),
  windowSeconds: seconds(300, 1440),
});

export const timeOfDayRules: fc.Arbitrary<NoDrivingBetweenRule> = times.map((window) => ({
  rule: 'no_driving_between',
  ...window,
}));

/** Up to one rule of each kind, in any order. */
export const ruleLists: fc.Arbitrary<readonly HoursRule[]> = fc
  .tuple(continuousRules, nightRules, windowRules, timeOfDayRules)
  .chain((rules) => fc.shuffledSubarray<HoursRule>(rules));

function timeOfDay(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
