import type { PolicyRules } from '../policy-rules.js';
import type { DriverFacts, SwapNeeds } from './driver-facts.js';

/**
 * Why a rule keeps a driver away. `until` (epoch milliseconds) is the earliest start that the rule might allow if
 * nothing but time changes; absent where waiting does not help.
 */
export interface EligibilityBlock {
  readonly until?: number;
}

/** Asks one rule; nothing is returned where it allows the driver. */
export type AskEligibilityRule = (
  rules: PolicyRules,
  driver: DriverFacts,
  swap: SwapNeeds,
) => EligibilityBlock | undefined;

/**
 * The end of the time for which the driver is needed: his return, or the start itself where he only takes the truck
 * out.
 */
export function neededUntil({ plannedStartAt, plannedReturnAt }: SwapNeeds): number {
  return Math.max(plannedStartAt, plannedReturnAt ?? plannedStartAt);
}
