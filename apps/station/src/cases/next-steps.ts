import { type HandoffStep, handoffTable, isLive } from '../handoffs/handoff.js';
import { type Standing, visitConditions, type VisitStep, visitTable } from '../visits/visit.js';
import { given } from './given.js';
import { stepsFrom } from './transition-table.js';

/** Conditions beside the table: a step that is not listed has none. */
const handoffConditions: Partial<Record<HandoffStep, (standing: Standing) => boolean>> = {
  start: ({ visit, handoff }) => visit.checked === true && !visit.held && !waitsForAPass(handoff),
  expire: () => false,
};

function waitsForAPass(handoff: Standing['handoff']): boolean {
  return (
    handoff !== undefined && 'passBlock' in handoff && handoff.passBlock !== null && handoff.passBlock !== undefined
  );
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
  readonly passBlock?: string;
  readonly runId?: string;
  /** Of an arrival alone. */
  readonly outsideHours?: boolean;
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
      ...('driverId' in handoff ? given({ driverId: handoff.driverId, passBlock: handoff.passBlock }) : {}),
    }),
  };
}
