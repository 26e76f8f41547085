import { maybeText, subjectId, text, type PlainEvent } from '../plain-event.js';
import type { Driver, Visit, World } from '../world.js';
import type { AssignmentCheck } from './assigning.js';

/** The credential that makes a driver one of the emergency team. */
const EMERGENCY_TEAM = 'emergency_team';

/** Into the zone only who is inside it; out of it only who is outside and belongs to the truck. */
export const isOnTheRightSide: AssignmentCheck = ({ visit, driver, startAt, returnAt }) => {
  if (visit.flow === 'into_zone') {
    if (driver.insideZoneId === visit.zoneId) return undefined;
    return `the truck goes into zone ${visit.zoneId} and he is ${driver.insideZoneId ? `inside ${driver.insideZoneId}` : 'outside'}`;
  }
  if (driver.insideZoneId !== null)
    return `the truck goes out of zone ${visit.zoneId} and he is inside ${driver.insideZoneId}`;
  if (belongsToTheTruck(driver, visit) || isOfEmergencyTeam(driver, startAt, returnAt)) return undefined;
  return `he is no driver of carrier ${visit.carrierId ?? '(none)'}, is not named for the return and did not bring the truck`;
};

/** True where nothing but his place in the emergency team lets him take the truck. */
export function needsConsent(event: PlainEvent, world: World): boolean {
  const visit = world.visits.get(subjectId(event));
  const driver = world.drivers.get(text(event.data, 'driverId'));
  if (!visit || !driver || visit.flow !== 'out_of_zone') return false;
  const startAt = text(event.data, 'plannedStartAt');
  const returnAt = maybeText(event.data, 'plannedReturnAt') ?? startAt;
  return !belongsToTheTruck(driver, visit) && isOfEmergencyTeam(driver, startAt, returnAt);
}

function belongsToTheTruck(driver: Driver, { carrierId, run }: Visit): boolean {
  const isOfCarrier = carrierId !== undefined && driver.carrierId === carrierId;
  return isOfCarrier || run?.returnDriverId === driver.id || run?.broughtBy === driver.id;
}

function isOfEmergencyTeam(driver: Driver, from: string, until: string): boolean {
  return driver.grants.some(
    (grant) => grant.credential === EMERGENCY_TEAM && !grant.recalledAt && grant.from <= from && until <= grant.until,
  );
}
