import type { AreaPicture, AssignedTruck, HandoffPicture } from './area-picture.js';
import { type Fold, instantOf } from './fold.js';

export const laneThrottled: Fold<'lane.throttled'> = ({ throttles }, { data }) => {
  const { throttleId, flow, stationCode, trucksPerHour, endsAt } = data;
  throttles.set(throttleId, {
    flow,
    stationCode,
    trucksPerHour,
    ...(endsAt === undefined ? {} : { endsAt: instantOf(endsAt) }),
  });
};

export const laneThrottleEnded: Fold<'lane.throttle_ended'> = ({ throttles }, { data }) => {
  throttles.delete(data.throttleId);
};

const keptFor = 24 * 3_600_000;

/** A truck has got a driver, another one where it had one before. */
export function noteAssigned({ assigned }: AreaPicture, { handoffId, visit }: HandoffPicture, at: number): void {
  assigned.delete(handoffId);
  assigned.set(handoffId, { flow: visit.flow, stationCode: visit.stationCode, at });
  // In the order in which they were told: what was recorded late may stay a little longer.
  for (const [oldest, truck] of assigned) {
    if (truck.at > at - keptFor) return;
    assigned.delete(oldest);
  }
}

/** A driver who was on his way to a truck has got another one. */
export function noteChange({ changes }: AreaPicture, at: number): void {
  changes.push(at);
  while (changes[0] <= at - keptFor) changes.shift();
}

/** Of the day before `now`, how many handoffs have got a driver and how many drivers were given to another one. */
export function changesLately(
  picture: AreaPicture,
  now: number,
): { readonly assigned: number; readonly changed: number } {
  return {
    assigned: assignedLately(picture, now, () => true).length,
    changed: picture.changes.filter((at) => at > now - keptFor).length,
  };
}

/** When those trucks that are meant got the drivers whom they have, or with whom they have gone on; of the day before `now`. */
export function assignedLately(
  { assigned }: AreaPicture,
  now: number,
  isMeant: (truck: AssignedTruck) => boolean,
): number[] {
  return [...assigned.values()].filter((truck) => truck.at > now - keptFor && isMeant(truck)).map(({ at }) => at);
}
