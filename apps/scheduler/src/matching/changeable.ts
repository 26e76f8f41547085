import { weightsOf } from '@yizhan/policy';
import {
  type AreaPicture,
  type DriverPicture,
  givesDrivers,
  type HandoffPicture,
  policyInForce,
} from '../picture/area-picture.js';
import { changesLately } from '../picture/fold-throttles.js';

/** An assignment that the plan may still change: its driver starts only later, with that truck or with another one. */
export interface Changeable {
  readonly driver: DriverPicture;
  readonly handoff: HandoffPicture;
  /** As the station has committed it, epoch milliseconds. */
  readonly assignedAt: number;
  readonly startsAt: number;
}

/**
 * The assignments into the zone that the scheduler has made and that start later than `freezeSeconds` of the pack from now. None once
 * `changesPermille` of the assignments of a day were changed. What a person has chosen is never among them.
 */
export function changeableAssignments(picture: AreaPicture, now: number): ReadonlyMap<DriverPicture, Changeable> {
  const found = new Map<DriverPicture, Changeable>();
  let lately: ReturnType<typeof changesLately> | undefined;
  for (const handoff of picture.handoffs.values()) {
    const driver = picture.drivers.get(handoff.assignedDriverId ?? '');
    const rules = policyInForce(picture, handoff.visit.zoneId)?.rules;
    if (!driver || !rules || !handoff.planned || handoff.visit.flow !== 'into_zone' || handoff.visit.held) continue;
    const { assignedAt, startsAt } = handoff.planned;
    if (startsAt - now <= weightsOf(rules).freezeSeconds * 1_000) continue;
    if (isBoundElsewhere(driver, handoff, now) || !mayChangeAt(picture, handoff.visit.stationCode)) continue;
    // A day of assignments is counted once for all of them, and not where nobody is on his way.
    lately ??= changesLately(picture, now);
    if (lately.changed >= Math.floor((lately.assigned * weightsOf(rules).changesPermille) / 1_000)) continue;
    found.set(driver, { driver, handoff, assignedAt, startsAt });
  }
  return found;
}

/** Where operators confirm what is proposed, nothing that they have seen is changed. */
function mayChangeAt({ stations }: AreaPicture, stationCode: string): boolean {
  const station = stations.get(stationCode);
  return givesDrivers(station) && !station?.isReviewed;
}

function isBoundElsewhere(
  { holdsPlate, liveHandoffId, offer }: DriverPicture,
  { handoffId }: HandoffPicture,
  now: number,
): boolean {
  const isAsked = offer !== undefined && offer.expiresAt > now;
  return holdsPlate !== undefined || liveHandoffId !== handoffId || isAsked;
}

/** Where and from when on he could take another truck: at his station when he is there, elsewhere once he has turned back. */
export function onOtherWay(
  { driver, handoff, assignedAt, startsAt }: Changeable,
  stationCode: string,
  now: number,
): { readonly expected: DriverPicture; readonly freeAt: number } {
  if (handoff.visit.stationCode === stationCode)
    return { expected: { ...driver, atStationCode: stationCode }, freeAt: startsAt };
  return { expected: driver, freeAt: now + Math.max(0, now - assignedAt) };
}
