import type { HoursRule, HoursRuleName, PolicyRules } from '../policy-rules.js';
import { doesNotDriveInTheSmallHours } from './does-not-drive-in-the-small-hours.js';
import type { Stretch } from './driven-stretches.js';
import type { HoursRuleVerdict, PlannedDriving } from './hours-rule-verdict.js';
import { restsAfterContinuousDriving } from './rests-after-continuous-driving.js';
import { restsAfterNightDriving } from './rests-after-night-driving.js';
import { staysWithinDailyDriving } from './stays-within-daily-driving.js';

type RuleNamed<Name extends HoursRuleName> = Extract<HoursRule, { rule: Name }>;

interface HoursRuleKind<Rule> {
  /**
   * Says whether the planned driving is allowed after `driven`, the driving before it as `drivenStretches` gives it.
   */
  readonly check: (
    driven: readonly Stretch[],
    planned: PlannedDriving,
    rule: Rule,
    utcOffsetMinutes: number,
  ) => HoursRuleVerdict;
  /** How far back before an instant the rule counts driving, apart from what was driven since the last rest. */
  readonly lookbackSeconds: (rule: Rule) => number;
  /** The rest after which the rule starts afresh, or 0. */
  readonly restSeconds: (rule: Rule) => number;
}

const kinds: { readonly [Name in HoursRuleName]: HoursRuleKind<RuleNamed<Name>> } = {
  continuous_driving: {
    check: restsAfterContinuousDriving,
    lookbackSeconds: () => 0,
    restSeconds: (rule) => rule.restSeconds,
  },
  continuous_night_driving: {
    check: restsAfterNightDriving,
    lookbackSeconds: () => 0,
    restSeconds: (rule) => rule.restSeconds,
  },
  driving_in_window: {
    check: staysWithinDailyDriving,
    lookbackSeconds: (rule) => rule.windowSeconds,
    restSeconds: () => 0,
  },
  no_driving_between: { check: doesNotDriveInTheSmallHours, lookbackSeconds: () => 0, restSeconds: () => 0 },
};

/**
 * The rest that resets the continuous clock where a pack has no `continuous_driving` rule: 20 min, 道路交通安全法实施条例 Art.
 * 62(7).
 */
const defaultRestSeconds = 1200;

/** The window of `drivingSeconds24h`, which the clock shows whatever the pack. */
export const clockWindowSeconds = 86_400;

/** What `rule` says to the planned driving after `driven`. */
export function checkHoursRule(
  rule: HoursRule,
  driven: readonly Stretch[],
  planned: PlannedDriving,
  utcOffsetMinutes: number,
): HoursRuleVerdict {
  return kindOf(rule).check(driven, planned, rule, utcOffsetMinutes);
}

/** The first rule of a kind in a pack. */
export function ruleNamed<Name extends HoursRuleName>(rules: PolicyRules, name: Name): RuleNamed<Name> | undefined {
  return rules.hours.find((rule): rule is RuleNamed<Name> => rule.rule === name);
}

/** The rest after which the continuous clock starts afresh. */
export function restSecondsOf(rules: PolicyRules): number {
  return ruleNamed(rules, 'continuous_driving')?.restSeconds ?? defaultRestSeconds;
}

/** The longest rest that any rule or the clock asks for. */
export function longestRestMillis(rules: PolicyRules): number {
  return (
    1000 *
    rules.hours.reduce((longest, rule) => Math.max(longest, kindOf(rule).restSeconds(rule)), restSecondsOf(rules))
  );
}

/** How far back any rule or the clock counts driving, apart from what was driven since the last rest. */
export function lookbackMillis(rules: PolicyRules): number {
  return (
    1000 *
    rules.hours.reduce((longest, rule) => Math.max(longest, kindOf(rule).lookbackSeconds(rule)), clockWindowSeconds)
  );
}

function kindOf<Name extends HoursRuleName>(
  rule: RuleNamed<Name> & { readonly rule: Name },
): HoursRuleKind<RuleNamed<Name>> {
  return kinds[rule.rule];
}
