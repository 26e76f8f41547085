import type { AssignmentEnd, DeclineReason } from '@yizhan/contracts';
import type { NewEvent } from '@yizhan/event-log';
import { given } from '../cases/given.js';
import { eventOfVisit, type TimerChange } from '../cases/truck-case.js';
import type { Visit } from '../visits/visit.js';
import {
  type AbortedHandoff,
  type AcceptedHandoff,
  type AssignedHandoff,
  type BoundHandoff,
  type RequestedHandoff,
  requestedAgain,
} from './handoff.js';

/** The timer after which an assignment that was not accepted expires. */
export function expiryOf(handoff: { readonly handoffId: string; readonly assignmentNo: number }): {
  readonly kind: 'assignment_expiry';
  readonly ref: string;
} {
  return { kind: 'assignment_expiry', ref: `${handoff.handoffId}/${handoff.assignmentNo}` };
}

export interface EndedAssignment<State> {
  readonly handoff: State;
  readonly timers: readonly TimerChange[];
  readonly events: readonly NewEvent[];
}

/** The driver is free again and the handoff waits for another one. What is recorded late ends it when it was given at the earliest. */
export function endAssignment(
  visit: Visit,
  handoff: AssignedHandoff | AcceptedHandoff,
  reason: AssignmentEnd,
  at: number,
  also: { readonly declineReason?: DeclineReason; readonly movedToHandoffId?: string } = {},
): EndedAssignment<RequestedHandoff> {
  const { handoffId, driverId } = handoff;
  const endedAt = Math.max(at, handoff.assignedAt ?? at);
  const data = { handoffId, driverId, reason, ...given(also) };
  return {
    handoff: requestedAgain(handoff),
    timers: handoff.state === 'assigned' ? [{ ...expiryOf(handoff), dueAt: null }] : [],
    events: [eventOfVisit(visit, 'handoff.assignment_ended', endedAt, data)],
  };
}

/** This try is over without a swap: bay and driver are free. An assignment that has not started ends first, as withdrawn. */
export function abort(
  visit: Visit,
  handoff: RequestedHandoff | BoundHandoff,
  reason: string,
  at: number,
): EndedAssignment<AbortedHandoff> {
  const ended =
    handoff.state === 'assigned' || handoff.state === 'accepted'
      ? endAssignment(visit, handoff, 'withdrawn', at)
      : { handoff, timers: [], events: [] };
  return {
    handoff: { ...ended.handoff, state: 'aborted', abortReason: reason, abortedAt: at },
    timers: ended.timers,
    events: [...ended.events, eventOfVisit(visit, 'handoff.aborted', at, { handoffId: handoff.handoffId, reason })],
  };
}
