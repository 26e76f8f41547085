import type { PolicyRules } from '../policy-rules.js';
import { drivenStretches, type DriverActivity, type Stretch } from './driven-stretches.js';
import { clockAfter, type DriverClock } from './driver-clock.js';
import type { HoursBlock } from './hours-rule-verdict.js';
import { checkHoursRule, longestRestMillis, lookbackMillis } from './hours-rules.js';

const dayMillis = 86_400_000;

/**
 * What all hours rules say. `clock` is the driver's clock at the planned start, for `handoff.assigned`. `block` is the
 * first rule, in the pack's order, that does not allow it. `earliestStartAt` (epoch milliseconds) is the first instant
 * at which every rule allows the same duration if he drives no more before it; absent where no waiting helps.
 */
export type HoursVerdict =
  | { readonly allowed: true; readonly clock: DriverClock; readonly earliestStartAt: number }
  | {
      readonly allowed: false;
      readonly clock: DriverClock;
      readonly block: HoursBlock;
      readonly earliestStartAt?: number;
    };

/**
 * Asks every hours rule of a pack whether a driver may drive `plannedSeconds` from `plannedStartAt` (epoch
 * milliseconds); 0 where he only takes the truck out of the zone. Driving that has not ended counts until
 * `plannedStartAt`. Throws `RangeError` where `plannedSeconds` is no duration.
 */
export function hoursVerdict(
  rules: PolicyRules,
  activity: DriverActivity,
  plannedStartAt: number,
  plannedSeconds: number,
): HoursVerdict {
  if (!(plannedSeconds >= 0)) throw new RangeError(`plannedSeconds must be 0 or more, not ${plannedSeconds}.`);
  const driven = drivenStretches(activity, plannedStartAt);
  const clock = clockAfter(driven, activity, plannedStartAt, rules);
  const duration = plannedSeconds * 1000;
  const block = blocksAt(rules, driven, plannedStartAt, duration).at(0);
  if (!block) return { allowed: true, clock, earliestStartAt: plannedStartAt };
  const earliestStartAt = earliestStart(rules, driven, plannedStartAt, duration);
  return { allowed: false, clock, block, ...(earliestStartAt === undefined ? {} : { earliestStartAt }) };
}

function blocksAt(rules: PolicyRules, driven: readonly Stretch[], startAt: number, duration: number): HoursBlock[] {
  return rules.hours.flatMap((rule) => {
    const verdict = checkHoursRule(rule, driven, { startAt, endAt: startAt + duration }, rules.utcOffsetMinutes);
    if (verdict.allowed) return [];
    return [verdict.until === undefined ? { rule: verdict.rule } : { rule: verdict.rule, until: verdict.until }];
  });
}

/**
 * No start before a rule's `until` is allowed, so it jumps from one to the next; once all driving is out of every
 * window, days repeat.
 */
function earliestStart(
  rules: PolicyRules,
  driven: readonly Stretch[],
  plannedStartAt: number,
  duration: number,
): number | undefined {
  const last = plannedStartAt + Math.max(lookbackMillis(rules), longestRestMillis(rules)) + 2 * dayMillis;
  let startAt = plannedStartAt;
  while (startAt <= last) {
    const blocks = blocksAt(rules, driven, startAt, duration);
    if (blocks.length === 0) return startAt;
    if (blocks.some(({ until }) => until === undefined)) return undefined;
    startAt = Math.max(...blocks.map(({ until }) => until ?? startAt));
  }
  return undefined;
}
