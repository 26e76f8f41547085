import { licenceCovers } from '../licence-covers.js';
import type { AskEligibilityRule } from './eligibility-rule.js';

/** One of the driver's licences covers the truck's. Never overridable. */
export const holdsALicenceForTheTruck: AskEligibilityRule = (rules, driver, swap) =>
  licenceCovers(rules, driver.licences, swap.licenceRequired) ? undefined : {};
