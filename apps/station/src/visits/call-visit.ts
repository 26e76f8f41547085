import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import { given } from '../cases/given.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { notFound, notNow } from '../cases/problems.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { isInBay } from '../handoffs/handoff.js';
import { visitAfter } from './visit.js';

export interface CallVisitInput {
  readonly visitId: string;
  readonly bayCode?: string;
}

/** The truck is called in from outside, or to a bay. */
export function callVisit(truckCase: TruckCase, { bayCode }: CallVisitInput, { at }: Now): Decision<CaseAnswer> {
  const { visit, handoff, place } = truckCase;
  visitAfter(visit, 'call');
  if (isInBay(handoff))
    throw notNow(truckCase, 'VISIT.IN_A_BAY', 'the swap has begun: there is nothing to call it for');
  if (bayCode !== undefined && !place.bays.includes(bayCode)) {
    throw notFound('BAY.NOT_FOUND', `station ${place.stationCode} has no bay ${bayCode}`, { bays: place.bays });
  }
  const after = { ...visit, calledAt: at, calledBayCode: bayCode ?? null };
  return {
    visit: after,
    events: [eventOfVisit(visit, 'visit.called', at, { ...given({ bayCode }), calledAt: toIso(at) })],
    answer: answerOf({ visit: after, handoff }),
  };
}

@Injectable()
export class CallVisit {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: CallVisitInput): Promise<CaseAnswer> {
    return this.cases.change(request, this.cases.ofVisit(input.visitId), (truckCase, now) =>
      callVisit(truckCase, input, now),
    );
  }
}
