import type { ContinuousNightDrivingRule } from '../policy-rules.js';
import { dailyWindow, earliestStartWithin, millisWithin } from './daily-window.js';
import { firstSinceRest, wholeSeconds, type Stretch } from './driven-stretches.js';
import { verdictFrom, type HoursRuleVerdict, type PlannedDriving } from './hours-rule-verdict.js';

/**
 * A driver rests after night driving: what he drove at night since his last rest and the night part of the planned
 * driving are together at most `maxSeconds`. `driven` is the driving before the planned start, as `drivenStretches`
 * gives it. Source: 国发〔2012〕30号.
 */
export function restsAfterNightDriving(
  driven: readonly Stretch[],
  planned: PlannedDriving,
  rule: ContinuousNightDrivingRule,
  utcOffsetMinutes: number,
): HoursRuleVerdict {
  const night = dailyWindow(rule.from, rule.to, utcOffsetMinutes);
  const duration = planned.endAt - planned.startAt;
  const used = continuousNightSeconds(driven, planned.startAt, rule, utcOffsetMinutes);
  const restedAt = used === 0 ? planned.startAt : driven[driven.length - 1].to + rule.restSeconds * 1000;
  const unrested = earliestStartWithin(night, duration, (rule.maxSeconds - used) * 1000, planned.startAt);
  const earliest =
    unrested !== undefined && unrested < restedAt
      ? unrested
      : earliestStartWithin(night, duration, rule.maxSeconds * 1000, restedAt);
  return verdictFrom(rule.rule, planned, earliest);
}

/** Seconds driven at night between the last rest of at least the rule's `restSeconds` and `at`, rounded up. */
export function continuousNightSeconds(
  driven: readonly Stretch[],
  at: number,
  rule: ContinuousNightDrivingRule,
  utcOffsetMinutes: number,
): number {
  const night = dailyWindow(rule.from, rule.to, utcOffsetMinutes);
  const stretches = driven.slice(firstSinceRest(driven, at, rule.restSeconds * 1000));
  return wholeSeconds(stretches.reduce((sum, { from, to }) => sum + millisWithin(night, from, to), 0));
}
