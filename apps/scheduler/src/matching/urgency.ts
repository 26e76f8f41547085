import type { HandoffPicture } from '../picture/area-picture.js';
import { usualRoundTripSeconds } from './usual-round-trip.js';

/** Why one handoff goes before another, in the order in which it counts. */
export interface Urgency {
  /** 0 (usual) to 9. */
  readonly priority: number;
  /** By how much the goods would come late if the truck went now; 0 where it is in time or has no due time. */
  readonly lateSeconds: number;
  readonly waitingSeconds: number;
}

export function urgencyOf({ visit, readyAt }: HandoffPicture, now: number): Urgency {
  const wayMillis = visit.flow === 'into_zone' ? usualRoundTripSeconds * 500 : 0;
  return {
    priority: visit.priority,
    lateSeconds: visit.dueAt === undefined ? 0 : wholeSeconds(now + wayMillis - visit.dueAt),
    waitingSeconds: wholeSeconds(now - readyAt),
  };
}

/** Most urgent first: by priority, then by lateness, then who has waited longest; ties by handoff id. */
export function byUrgency(
  one: { readonly urgency: Urgency; readonly handoff: HandoffPicture },
  other: { readonly urgency: Urgency; readonly handoff: HandoffPicture },
): number {
  return (
    other.urgency.priority - one.urgency.priority ||
    other.urgency.lateSeconds - one.urgency.lateSeconds ||
    one.handoff.readyAt - other.handoff.readyAt ||
    (one.handoff.handoffId < other.handoff.handoffId ? -1 : 1)
  );
}

function wholeSeconds(millis: number): number {
  return Math.max(0, Math.floor(millis / 1000));
}
