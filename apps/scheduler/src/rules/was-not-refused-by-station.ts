import type { HandoffPicture } from '../picture/area-picture.js';

/**
 * `refused_before`: what the station has just refused is not proposed again at once, or a difference between its books and our picture would
 * go round in circles. @returns until when (epoch milliseconds) the pair is left alone, if it is.
 */
export function pausedByStationUntil(handoff: HandoffPicture, driverId: string, now: number): number | undefined {
  const pausedUntil = handoff.refusals.get(driverId)?.pausedUntil;
  return pausedUntil !== undefined && pausedUntil > now ? pausedUntil : undefined;
}
