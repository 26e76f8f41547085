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
  for (const { name, ask, overriddenAs } of rulesBeforeHours) {
    const block = ask(rules, driver, swap);
    if (block && !isOverridden(rules, swap, name, overriddenAs)) return { eligible: false, rule: name, ...block };
  }
  const verdict = hasHoursLeft(rules, driver, swap);
  if (!verdict.allowed && !isOverridden(rules, swap, 'hours', 'hours')) {
    const { earliestStartAt } = verdict;
    return { eligible: false, rule: 'hours', ...(earliestStartAt === undefined ? {} : { until: earliestStartAt }) };
  }
  return { eligible: true, clock: verdict.clock };
}

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
