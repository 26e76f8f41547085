import fc from 'fast-check';
import {
  activities,
  continuousRules,
  nightRules,
  plannedMinutes,
  plannedStarts,
  timeOfDayRules,
  utcOffsets,
  windowRules,
} from '../../test/arbitraries.js';
import { MinuteByMinute } from '../../test/minute-by-minute.js';
import type { HoursRule } from '../policy-rules.js';
import { drivenStretches } from './driven-stretches.js';
import { checkHoursRule } from './hours-rules.js';

const minute = 60_000;

describe.each<[string, fc.Arbitrary<HoursRule>]>([
  ['rests after continuous driving', continuousRules],
  ['rests after night driving', nightRules],
  ['stays within daily driving', windowRules],
  ['does not drive in the small hours', timeOfDayRules],
])('a driver %s', (_, rules) => {
  it('as a walk over every minute finds, and is told the first minute at which he may', () => {
    fc.assert(
      fc.property(
        activities,
        plannedStarts,
        plannedMinutes,
        rules,
        utcOffsets,
        (activity, startAt, minutes, rule, utcOffset) => {
          const reference = new MinuteByMinute(activity, startAt, utcOffset);
          const planned = { startAt, endAt: startAt + minutes * minute };
          const earliest = reference.earliest([rule], minutes);
          const expected =
            earliest === 0
              ? { allowed: true }
              : { allowed: false, rule: rule.rule, ...(earliest && { until: startAt + earliest * minute }) };
          expect(checkHoursRule(rule, drivenStretches(activity, startAt), planned, utcOffset)).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a driver stays within daily driving', () => {
  it('in every window that ends during the planned driving', () => {
    fc.assert(
      fc.property(activities, plannedStarts, plannedMinutes, windowRules, (activity, startAt, minutes, rule) => {
        const planned = { startAt, endAt: startAt + minutes * minute };
        fc.pre(checkHoursRule(rule, drivenStretches(activity, startAt), planned, 480).allowed);
        expect(new MinuteByMinute(activity, startAt, 480).keepsWindowWhileDriving(rule, minutes)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
