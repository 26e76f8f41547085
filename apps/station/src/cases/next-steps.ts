import { type Handoff, type HandoffStep, handoffTable, isLive } from '../handoffs/handoff.js';
import { type Visit, type VisitStep, visitTable } from '../visits/visit.js';
import { given } from './given.js';
import { stepsFrom } from './transition-table.js';
import type { TruckCase } from './truck-case.js';

/** The part of a case that its next steps depend on. */
type Standing = Pick<TruckCase, 'visit' | 'handoff'>;

/** Conditions beside the tables: a step that is not listed has none. */
const visitConditions: Partial<Record<VisitStep, (standing: Standing) => boolean>> = {
  release_cargo: (standing) => isReleasable(standing),
  depart: ({ visit, handoff }) => !isInBay(handoff) || visit.releasedAt !== null,
  queue: ({ visit, handoff }) => !isInQueue(visit) && !isInBay(handoff),
  call: ({ handoff }) => !isInBay(handoff),
};

const handoffConditions: Partial<Record<HandoffStep, (standing: Standing) => boolean>> = {
  start: ({ visit }) => visit.checked === true && !visit.held,
  expire: () => false,
};

/** Whether the truck waits in the queue in which it can be now, and has not been called. */
export function isInQueue(visit: Visit): boolean {
  return visit.queue === (visit.state === 'arrived' ? 'inside' : 'outside') && visit.calledAt === null;
}

/** Whether there is nothing left to wait for: the swap has begun, or is done. */
export function isInBay(handoff: Handoff | undefined): boolean {
  return handoff?.state === 'started' || handoff?.state === 'completed';
}

/** What may be done next with a visit and its handoff, as the tables and the conditions beside them say. */
export function nextSteps(standing: Standing): (VisitStep | HandoffStep)[] {
  const { visit, handoff } = standing;
  const ofVisit = stepsFrom(visitTable, visit.state).filter((step) => visitConditions[step]?.(standing) ?? true);
  if (visit.state !== 'arrived' || !isLive(handoff)) return ofVisit;
  const ofHandoff = stepsFrom(handoffTable, handoff.state).filter(
    (step) => handoffConditions[step]?.(standing) ?? true,
  );
  return [...ofVisit, ...ofHandoff];
}

/** Cargo goes only after a completed handoff with the last check passed and no hold since. */
export function isReleasable({ visit, handoff }: Standing): boolean {
  return handoff?.state === 'completed' && visit.checked === true && !visit.held && visit.releasedAt === null;
}

/** How a visit stands after a request. */
export interface CaseAnswer {
  readonly visitId: string;
  readonly plate: string;
  readonly state: string;
  readonly allowedSteps: readonly string[];
  readonly checked?: boolean;
  readonly held: boolean;
  readonly ticketNo?: string;
  readonly handoffId?: string;
  readonly handoffState?: string;
  readonly driverId?: string;
  readonly runId?: string;
}

export function answerOf(standing: Standing): CaseAnswer {
  const { visit, handoff } = standing;
  const { visitId, plate, state, checked, held, ticketNo, runId } = visit;
  return {
    visitId,
    plate,
    state,
    held,
    allowedSteps: nextSteps(standing),
    ...given({ checked, ticketNo, runId }),
    ...(handoff && {
      handoffId: handoff.handoffId,
      handoffState: handoff.state,
      ...('driverId' in handoff ? given({ driverId: handoff.driverId }) : {}),
    }),
  };
}
