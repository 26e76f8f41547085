import type { HoursRuleName } from '../policy-rules.js';

/** Driving that is planned, epoch milliseconds; the whole of it counts as driving. */
export interface PlannedDriving {
  readonly startAt: number;
  readonly endAt: number;
}

/**
 * A rule that does not allow the planned driving. `until` is the earliest start (epoch milliseconds) at which this rule
 * would allow the same duration if the driver drives no more before it; absent where no waiting helps.
 */
export interface HoursBlock {
  readonly rule: HoursRuleName;
  readonly until?: number;
}

/** What one hours rule says. */
export type HoursRuleVerdict = { readonly allowed: true } | ({ readonly allowed: false } & HoursBlock);

/** The verdict of `rule` from the earliest start that it allows. */
export function verdictFrom(
  rule: HoursRuleName,
  planned: PlannedDriving,
  earliest: number | undefined,
): HoursRuleVerdict {
  if (earliest === planned.startAt) return { allowed: true };
  return earliest === undefined ? { allowed: false, rule } : { allowed: false, rule, until: earliest };
}
