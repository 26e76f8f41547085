import { neededUntil, type AskEligibilityRule } from './eligibility-rule.js';

/** Who takes a truck into the zone is back with it before his shift ends. Says nothing of a driver without a shift. */
export const isHomeBeforeShiftEnds: AskEligibilityRule = (_rules, driver, swap) =>
  swap.flow === 'out_of_zone' || !driver.shift || neededUntil(swap) <= driver.shift.endsAt ? undefined : {};
