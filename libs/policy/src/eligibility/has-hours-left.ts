import { hoursVerdict, type HoursVerdict } from '../hours/hours-verdict.js';
import type { PolicyRules } from '../policy-rules.js';
import type { DriverFacts, SwapNeeds } from './driver-facts.js';
import { neededUntil } from './eligibility-rule.js';

/**
 * The driver's hours allow the whole of the planned run as driving; a truck taken out of the zone is no planned
 * driving.
 */
export function hasHoursLeft(rules: PolicyRules, driver: DriverFacts, swap: SwapNeeds): HoursVerdict {
  const plannedSeconds = swap.flow === 'into_zone' ? (neededUntil(swap) - swap.plannedStartAt) / 1000 : 0;
  return hoursVerdict(rules, driver.activity, swap.plannedStartAt, plannedSeconds);
}
