import type { AskEligibilityRule } from './eligibility-rule.js';

/** Who takes a truck into the zone is on shift. Outside drivers have none. */
export const hasAnOpenShift: AskEligibilityRule = (_rules, driver, swap) =>
  swap.flow === 'out_of_zone' || driver.shift ? undefined : {};
