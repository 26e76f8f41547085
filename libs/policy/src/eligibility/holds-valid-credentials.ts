import { credentialsNeeded } from '../requirements.js';
import type { DriverFacts, SwapNeeds } from './driver-facts.js';
import { neededUntil, type AskEligibilityRule } from './eligibility-rule.js';

/** Every credential that the truck asks for is valid from the planned start to the planned return, by one grant. */
export const holdsValidCredentials: AskEligibilityRule = (rules, driver, swap) => {
  let until: number | undefined = swap.plannedStartAt;
  for (const credential of credentialsNeeded(rules, swap)) {
    const validFrom = earliestStart(driver, credential, swap);
    until = until === undefined || validFrom === undefined ? undefined : Math.max(until, validFrom);
  }
  if (until === swap.plannedStartAt) return undefined;
  return until === undefined ? {} : { until };
};

/** The first start from the planned one on from which a grant is valid for the whole time; absent where none is. */
function earliestStart(driver: DriverFacts, credential: string, swap: SwapNeeds): number | undefined {
  const duration = neededUntil(swap) - swap.plannedStartAt;
  let earliest: number | undefined;
  for (const grant of driver.credentials) {
    if (grant.credential !== credential) continue;
    const start = Math.max(grant.validFrom, swap.plannedStartAt);
    if (start + duration <= grant.validUntil && (earliest === undefined || start < earliest)) earliest = start;
  }
  return earliest;
}
