import type { ContinuousDrivingRule } from '../policy-rules.js';
import { firstSinceRest, wholeSeconds, type Stretch } from './driven-stretches.js';
import { verdictFrom, type HoursRuleVerdict, type PlannedDriving } from './hours-rule-verdict.js';

/**
 * A driver rests after continuous driving: what he drove since his last rest and the planned driving are together at
 * most `maxSeconds`. `driven` is the driving before the planned start, as `drivenStretches` gives it. Source:
 * 道路交通安全法实施条例 Art. 62(7).
 */
export function restsAfterContinuousDriving(
  driven: readonly Stretch[],
  planned: PlannedDriving,
  rule: ContinuousDrivingRule,
): HoursRuleVerdict {
  const duration = planned.endAt - planned.startAt;
  const continuous = continuousSeconds(driven, planned.startAt, rule.restSeconds);
  if (continuous * 1000 + duration <= rule.maxSeconds * 1000) return { allowed: true };
  const restedAt = continuous === 0 ? planned.startAt : driven[driven.length - 1].to + rule.restSeconds * 1000;
  return verdictFrom(rule.rule, planned, duration <= rule.maxSeconds * 1000 ? restedAt : undefined);
}

/**
 * Seconds driven between the last rest of at least `restSeconds` and `at`, rounded up; shorter breaks are left out of
 * the sum.
 */
export function continuousSeconds(driven: readonly Stretch[], at: number, restSeconds: number): number {
  const stretches = driven.slice(firstSinceRest(driven, at, restSeconds * 1000));
  return wholeSeconds(stretches.reduce((sum, { from, to }) => sum + to - from, 0));
}
