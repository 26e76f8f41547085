import { Injectable } from '@nestjs/common';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { type Visit, visitAfter } from './visit.js';

export interface CancelVisitInput {
  readonly visitId: string;
  /** A code, never free text. */
  readonly reason: string;
}

/** The announced truck does not come. */
export function cancelVisit({ visit }: TruckCase, { reason }: CancelVisitInput, { at }: Now): Decision<CaseAnswer> {
  const after = { ...visit, state: visitAfter(visit, 'cancel') } as Visit;
  return {
    visit: after,
    events: [eventOfVisit(visit, 'visit.cancelled', at, { reason })],
    answer: answerOf({ visit: after, handoff: undefined }),
  };
}

@Injectable()
export class CancelVisit {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: CancelVisitInput): Promise<CaseAnswer> {
    return this.cases.change(request, this.cases.ofVisit(input.visitId), (truckCase, now) =>
      cancelVisit(truckCase, input, now),
    );
  }
}
