import { priorityOf } from '../line-stops/line-stops.js';
import type { AreaPicture, HandoffPicture } from '../picture/area-picture.js';
import { usualRoundTripSeconds } from './usual-round-trip.js';

/** Why one handoff goes before another, in the order in which it counts. */
export interface Urgency {
  /** 0 (usual) to 9. */
  readonly priority: number;
  /** By how much the goods would come late if the truck went now; 0 where it is in time or has no due time. */
  readonly lateSeconds: number;
  readonly waitingSeconds: number;
  /** Where a line is at risk that waits for its goods: for how much longer the truck may wait; below 0 where it is too late. */
  readonly lineSlackSeconds?: number;
}

/** @param lineSlackSeconds where a line is at risk that waits for its goods */
export function urgencyOf(
  picture: AreaPicture,
  { visit, readyAt }: HandoffPicture,
  now: number,
  lineSlackSeconds?: number,
): Urgency {
  const wayMillis = wayOf(visit);
  return {
    priority: priorityOf(picture, visit, lineSlackSeconds !== undefined),
    lateSeconds: visit.dueAt === undefined ? 0 : wholeSeconds(now + wayMillis - visit.dueAt),
    waitingSeconds: wholeSeconds(now - readyAt),
    ...(lineSlackSeconds !== undefined && { lineSlackSeconds }),
  };
}

const wayOf = ({ flow }: HandoffPicture['visit']): number => (flow === 'into_zone' ? usualRoundTripSeconds * 500 : 0);

/** When its goods begin to come late if the truck has not gone: by time alone it is more urgent then. Absent where they have no due time. */
export function lateFrom({ visit }: HandoffPicture): number | undefined {
  return visit.dueAt === undefined ? undefined : visit.dueAt - wayOf(visit) + 1_000;
}

/** Most urgent first: by priority, then the line that stops first, then by lateness, then who has waited longest; ties by handoff id. */
export function byUrgency(
  one: { readonly urgency: Urgency; readonly handoff: HandoffPicture },
  other: { readonly urgency: Urgency; readonly handoff: HandoffPicture },
): number {
  return (
    other.urgency.priority - one.urgency.priority ||
    slackOf(one.urgency) - slackOf(other.urgency) ||
    other.urgency.lateSeconds - one.urgency.lateSeconds ||
    one.handoff.readyAt - other.handoff.readyAt ||
    (one.handoff.handoffId < other.handoff.handoffId ? -1 : 1)
  );
}

/** Beyond any that a line has, where none is at risk; a number, so that two of them are as urgent. */
const slackOf = ({ lineSlackSeconds = Number.MAX_SAFE_INTEGER }: Urgency): number => lineSlackSeconds;

function wholeSeconds(millis: number): number {
  return Math.max(0, Math.floor(millis / 1000));
}
