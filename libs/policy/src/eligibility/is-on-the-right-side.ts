import type { AskEligibilityRule } from './eligibility-rule.js';

/**
 * No assignment moves a person across the line: into the zone drives who lives in it; out of it an outside driver of
 * the truck's carrier, the one named for the return or the one who brought the truck in. Never overridable.
 */
export const isOnTheRightSide: AskEligibilityRule = (_rules, driver, swap) => {
  if (swap.flow === 'into_zone') return driver.insideZoneId === swap.zoneId ? undefined : {};
  const isOfCarrier = driver.carrierId !== undefined && driver.carrierId === swap.carrierId;
  return driver.insideZoneId === null && (isOfCarrier || swap.returnDriverIds.includes(driver.driverId))
    ? undefined
    : {};
};
