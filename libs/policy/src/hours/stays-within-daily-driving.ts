import type { DrivingInWindowRule } from '../policy-rules.js';
import { wholeSeconds, type Stretch } from './driven-stretches.js';
import { verdictFrom, type HoursRuleVerdict, type PlannedDriving } from './hours-rule-verdict.js';

/**
 * A driver stays within his daily driving: what he drove in the `windowSeconds` before the planned start and the
 * planned driving are together at most `maxSeconds`. Stricter than the law by what leaves the window during the planned
 * driving, so that the recorded clock is enough to check it. `driven` is the driving before the planned start, as
 * `drivenStretches` gives it. Source: 国发〔2012〕30号, 8 h in 24 h.
 */
export function staysWithinDailyDriving(
  driven: readonly Stretch[],
  planned: PlannedDriving,
  rule: DrivingInWindowRule,
): HoursRuleVerdict {
  const duration = planned.endAt - planned.startAt;
  const budgetSeconds = Math.floor((rule.maxSeconds * 1000 - duration) / 1000);
  const earliest =
    budgetSeconds < 0
      ? undefined
      : earliestWithBudget(driven, planned.startAt, rule.windowSeconds * 1000, budgetSeconds * 1000);
  return verdictFrom(rule.rule, planned, earliest);
}

/** Seconds driven in the `windowSeconds` before `at`, rounded up. */
export function secondsInWindow(driven: readonly Stretch[], at: number, windowSeconds: number): number {
  return wholeSeconds(millisInWindow(driven, at, windowSeconds * 1000));
}

function millisInWindow(driven: readonly Stretch[], at: number, windowMillis: number): number {
  return driven.reduce((sum, { from, to }) => sum + Math.max(0, to - Math.max(from, at - windowMillis)), 0);
}

function earliestWithBudget(
  driven: readonly Stretch[],
  startAt: number,
  windowMillis: number,
  budgetMillis: number,
): number {
  let excess = millisInWindow(driven, startAt, windowMillis) - budgetMillis;
  if (excess <= 0) return startAt;
  for (const { from, to } of driven) {
    const leaves = Math.max(from, startAt - windowMillis);
    if (excess <= to - leaves) return leaves + excess + windowMillis;
    excess -= Math.max(0, to - leaves);
  }
  return startAt + windowMillis;
}
