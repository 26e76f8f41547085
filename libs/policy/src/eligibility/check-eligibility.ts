import type { ClockReading } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import type { DriverClock } from '../hours/driver-clock.js';
import type { OverridableRule, PolicyRules } from '../policy-rules.js';
import type { DriverFacts, SwapNeeds } from './driver-facts.js';
import type { AskEligibilityRule } from './eligibility-rule.js';
import { hasAnOpenShift } from './has-an-open-shift.js';
import { hasHoursLeft } from './has-hours-left.js';
import { holdsALicenceForTheTruck } from './holds-a-licence-for-the-truck.js';
import { holdsValidCredentials } from './holds-valid-credentials.js';
import { isHomeBeforeShiftEnds } from './is-home-before-shift-ends.js';
import { isOnTheRightSide } from './is-on-the-right-side.js';

/** The rules by which a driver may take a truck, in the order in which they are asked. */
export type EligibilityRuleName = 'side' | 'licence' | 'credentials' | 'shift' | 'home_before_shift_ends' | 'hours';

/** As `Eligibility`, with the driver's clock as the hours rules have it: for who asks of hundreds of drivers and tells it of one. */
export type EligibilityVerdict =
  { readonly eligible: true; readonly clock: DriverClock } | Extract<Eligibility, { eligible: false }>;

/**
 * What the rules say: the clock for `handoff.assigned`, or the first rule that keeps the driver away and the earliest
 * start that it might allow by waiting.
 */
export type Eligibility =
  | { readonly eligible: true; readonly clock: ClockReading }
  | { readonly eligible: false; readonly rule: EligibilityRuleName; readonly until?: number };

interface RuleLine {
  readonly name: EligibilityRuleName;
  readonly ask: AskEligibilityRule;
  /** What a pack has to list as overridable for this rule; absent where nothing can override it. */
  readonly overriddenAs?: OverridableRule;
}

const rulesBeforeHours: readonly RuleLine[] = [
  { name: 'side', ask: isOnTheRightSide },
  { name: 'licence', ask: holdsALicenceForTheTruck },
  { name: 'credentials', ask: holdsValidCredentials, overriddenAs: 'credentials' },
  { name: 'shift', ask: hasAnOpenShift, overriddenAs: 'shift' },
  { name: 'home_before_shift_ends', ask: isHomeBeforeShiftEnds, overriddenAs: 'shift' },
];

/**
 * Says whether a driver may take a truck, by the rules of the pack in force. Pure: scheduler and station ask the same.
 * Overriding `shift` overrides `home_before_shift_ends` with it, not the other way round.
 */
export function checkEligibility(rules: PolicyRules, driver: DriverFacts, swap: SwapNeeds): Eligibility {
  const verdict = judgeEligibility(rules, driver, swap);
  return verdict.eligible ? { eligible: true, clock: clockReading(verdict.clock) } : verdict;
}

/** As `checkEligibility`, without putting the clock into the form of the event. */
export function judgeEligibility(rules: PolicyRules, driver: DriverFacts, swap: SwapNeeds): EligibilityVerdict {
  for (const line of rulesBeforeHours) {
    const block = blockOf(line, rules, driver, swap);
    if (block) return { eligible: false, rule: block.rule, ...untilOf(block) };
  }
  const verdict = hasHoursLeft(rules, driver, swap);
  if (!verdict.allowed && !isOverridden(rules, swap, 'hours', 'hours')) {
    return { eligible: false, rule: 'hours', ...untilOf({ until: verdict.earliestStartAt }) };
  }
  return { eligible: true, clock: verdict.clock };
}

/** A rule that keeps a driver away. */
export interface StandingBlock {
  readonly rule: EligibilityRuleName;
  /** As in `Eligibility`. */
  readonly until?: number;
  /** What to override, where the pack lets somebody. */
  readonly overridable?: OverridableRule;
}

/** Every rule that keeps the driver away, in their order, where `checkEligibility` tells the first: for who asks what would free him. */
export function eligibilityBlocks(rules: PolicyRules, driver: DriverFacts, swap: SwapNeeds): StandingBlock[] {
  const blocks = rulesBeforeHours.flatMap((line) => blockOf(line, rules, driver, swap) ?? []);
  const verdict = hasHoursLeft(rules, driver, swap);
  if (verdict.allowed || isOverridden(rules, swap, 'hours', 'hours')) return blocks;
  return [...blocks, { rule: 'hours', ...untilOf({ until: verdict.earliestStartAt }), ...mayOverride(rules, 'hours') }];
}

function blockOf(
  { name, ask, overriddenAs }: RuleLine,
  rules: PolicyRules,
  driver: DriverFacts,
  swap: SwapNeeds,
): StandingBlock | undefined {
  const block = ask(rules, driver, swap);
  if (!block || isOverridden(rules, swap, name, overriddenAs)) return undefined;
  return { rule: name, ...block, ...mayOverride(rules, overriddenAs) };
}

const untilOf = ({ until }: { readonly until?: number | undefined }): { until?: number } =>
  until === undefined ? {} : { until };

const mayOverride = (rules: PolicyRules, rule: OverridableRule | undefined): { overridable?: OverridableRule } =>
  rule && rules.overridable.includes(rule) ? { overridable: rule } : {};

function isOverridden(
  rules: PolicyRules,
  { overridden }: SwapNeeds,
  name: EligibilityRuleName,
  overriddenAs: OverridableRule | undefined,
): boolean {
  if (!overridden || !overriddenAs || !rules.overridable.includes(overriddenAs)) return false;
  return overridden.includes(name) || overridden.includes(overriddenAs);
}

function clockReading({ lastRestEndedAt, ...clock }: DriverClock): ClockReading {
  return lastRestEndedAt === undefined ? clock : { ...clock, lastRestEndedAt: toIso(lastRestEndedAt) };
}
