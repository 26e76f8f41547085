import type { PolicyRules } from '../policy-rules.js';
import { drivenStretches, firstSinceRest, type DriverActivity, type Stretch } from './driven-stretches.js';
import { clockWindowSeconds, restSecondsOf, ruleNamed } from './hours-rules.js';
import { continuousSeconds } from './rests-after-continuous-driving.js';
import { continuousNightSeconds } from './rests-after-night-driving.js';
import { secondsInWindow } from './stays-within-daily-driving.js';

/**
 * A driver's clock at an instant, in the form of `handoff.assigned.clock` but for `lastRestEndedAt`; whole seconds,
 * rounded up.
 */
export interface DriverClock {
  /** Driven since the last rest. */
  readonly continuousSeconds: number;
  /** Driven in the 24 h before. */
  readonly drivingSeconds24h: number;
  /** Driven at night since the last rest; 0 where the pack has no night rule. */
  readonly continuousNightSeconds: number;
  /**
   * When the last rest ended, epoch milliseconds: the instant itself while he rests; absent where nothing is recorded
   * before.
   */
  readonly lastRestEndedAt?: number;
}

/**
 * The clock as it stands at `at` (epoch milliseconds), which may be to come. Driving that has not ended goes on until
 * `at`; otherwise the time up to `at` is not driven. A rest is a stretch without driving of at least the `restSeconds`
 * of the pack's `continuous_driving` rule (20 min without one), whether a rest was recorded or not; a recorded rest
 * that is shorter resets nothing.
 */
export function driverClockAt(activity: DriverActivity, at: number, rules: PolicyRules): DriverClock {
  return clockAfter(drivenStretches(activity, at), activity, at, rules);
}

/** As `driverClockAt`, where the driving before `at` is known already. */
export function clockAfter(
  driven: readonly Stretch[],
  activity: DriverActivity,
  at: number,
  rules: PolicyRules,
): DriverClock {
  const restSeconds = restSecondsOf(rules);
  const night = ruleNamed(rules, 'continuous_night_driving');
  const restEndedAt = driven[firstSinceRest(driven, at, restSeconds * 1000)]?.from ?? at;
  const isBefore = ({ from }: { from: number }): boolean => from < restEndedAt;
  return {
    continuousSeconds: continuousSeconds(driven, at, restSeconds),
    drivingSeconds24h: secondsInWindow(driven, at, clockWindowSeconds),
    continuousNightSeconds: night ? continuousNightSeconds(driven, at, night, rules.utcOffsetMinutes) : 0,
    ...(activity.driving.some(isBefore) || activity.rests.some(isBefore) ? { lastRestEndedAt: restEndedAt } : {}),
  };
}
