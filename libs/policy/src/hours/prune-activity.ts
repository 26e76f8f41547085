import type { PolicyRules } from '../policy-rules.js';
import { drivenStretches, firstSinceRest, type DriverActivity } from './driven-stretches.js';
import { lookbackMillis, longestRestMillis } from './hours-rules.js';

/**
 * Drops what can change no clock and no verdict from `at` (epoch milliseconds) on: what lies before the longest window
 * of the rules (at least 24 h) and before the rest behind it. The newest driving and the newest rest of before are
 * kept, as the evidence of that rest. What is recorded late, for a time before the kept part, can no longer join it.
 */
export function pruneActivity(activity: DriverActivity, at: number, rules: PolicyRules): DriverActivity {
  const horizon = at - lookbackMillis(rules);
  const restMillis = longestRestMillis(rules);
  const driven = drivenStretches(activity, horizon);
  const countsFrom = driven[firstSinceRest(driven, horizon, restMillis)]?.from ?? horizon;
  const keepsFrom = countsFrom - restMillis;
  return {
    driving: endingAfter(activity.driving, keepsFrom, countsFrom),
    rests: endingAfter(activity.rests, keepsFrom, countsFrom),
  };
}

function endingAfter<Interval extends { readonly from: number; readonly to: number | null }>(
  intervals: readonly Interval[],
  keepsFrom: number,
  countsFrom: number,
): readonly Interval[] {
  const newestBefore = intervals.filter(({ from }) => from < countsFrom).reduce<Interval | undefined>(later, undefined);
  return intervals.filter((interval) => interval === newestBefore || interval.to === null || interval.to > keepsFrom);
}

function later<Interval extends { readonly from: number }>(one: Interval | undefined, other: Interval): Interval {
  return one && one.from >= other.from ? one : other;
}
