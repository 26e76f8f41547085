import type { NoDrivingBetweenRule } from '../policy-rules.js';
import { dailyWindow, earliestStartWithin } from './daily-window.js';
import type { Stretch } from './driven-stretches.js';
import { verdictFrom, type HoursRuleVerdict, type PlannedDriving } from './hours-rule-verdict.js';

/**
 * A driver does not drive in the small hours: no part of the planned driving lies between `from` and `to`. Driving of
 * no length always passes. Source: 国发〔2012〕30号, 02:00 to 05:00.
 */
export function doesNotDriveInTheSmallHours(
  _driven: readonly Stretch[],
  planned: PlannedDriving,
  rule: NoDrivingBetweenRule,
  utcOffsetMinutes: number,
): HoursRuleVerdict {
  const smallHours = dailyWindow(rule.from, rule.to, utcOffsetMinutes);
  return verdictFrom(
    rule.rule,
    planned,
    earliestStartWithin(smallHours, planned.endAt - planned.startAt, 0, planned.startAt),
  );
}
