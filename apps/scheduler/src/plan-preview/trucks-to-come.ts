import type { AnnouncedVisit, AreaPicture, HandoffPicture } from '../picture/area-picture.js';
import { usualSeconds } from '../picture/usual-times.js';
import type { Coming } from './forecast.js';

/** So far ahead a preview looks. */
export const horizonMillis = 24 * 3_600_000;

/** A truck that is later than this is not counted on any more: what keeps it is not known. */
const graceMillis = 3_600_000;

/** Trucks that wait for a driver. */
export function waitingOn(picture: AreaPicture, isMeant: (visit: HandoffPicture['visit']) => boolean): Coming[] {
  return [...picture.waiting.values()]
    .filter(({ visit }) => isMeant(visit))
    .map(({ readyAt, visit }) => ({ readyAt, priority: visit.priority }));
}

/** Trucks that are announced within the next day, each plate once; those that are already at a station are not. */
export function announcedOn(
  picture: AreaPicture,
  now: number,
  isMeant: (visit: AnnouncedVisit) => boolean,
): AnnouncedVisit[] {
  const counted = new Set(Array.from(picture.visits.values(), ({ plate }) => plate));
  return [...picture.announced.values()]
    .filter((visit) => visit.cancelledBy === undefined && isMeant(visit))
    .filter(({ expectedAt }) => expectedAt > now - graceMillis && expectedAt <= now + horizonMillis)
    .toSorted((one, other) => one.expectedAt - other.expectedAt || (one.visitId < other.visitId ? -1 : 1))
    .filter(({ plate }) => !counted.has(plate) && counted.add(plate));
}

/** When it is ready for its driver: as long after it is expected as checks usually take. */
export function comingOf(picture: AreaPicture, { expectedAt, priority }: AnnouncedVisit, now: number): Coming {
  return { readyAt: Math.max(now, expectedAt) + usualSeconds(picture.usual, 'untilReady') * 1000, priority };
}
