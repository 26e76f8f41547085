import { Injectable } from '@nestjs/common';
import { given } from '../cases/given.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { notNow } from '../cases/problems.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { isInBay } from '../handoffs/handoff.js';
import { isCalled, visitAfter } from './visit.js';

export interface EndCallInput {
  readonly visitId: string;
  /** `no_show`: the truck does not come, and goes to the end of its queue; `withdrawn`: it keeps its place. */
  readonly reason: 'no_show' | 'withdrawn';
}

/** The truck is called no longer: its bay is free for others. */
export function endCall(truckCase: TruckCase, { reason }: EndCallInput, { at }: Now): Decision<CaseAnswer> {
  const { visit, handoff } = truckCase;
  visitAfter(visit, 'end_call');
  if (!isCalled(visit) || isInBay(handoff)) throw notNow(truckCase, 'VISIT.NOT_CALLED', 'no call of the truck stands');
  const queuedAt = reason === 'no_show' && visit.queuedAt !== null ? at : visit.queuedAt;
  const after = { ...visit, queuedAt, calledAt: null, calledBayCode: null };
  const data = { reason, ...given({ bayCode: visit.calledBayCode }) };
  return {
    visit: after,
    events: [eventOfVisit(visit, 'visit.call_ended', at, data)],
    answer: answerOf({ visit: after, handoff }),
  };
}

@Injectable()
export class EndCall {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: EndCallInput): Promise<CaseAnswer> {
    return this.cases.change(request, this.cases.ofVisit(input.visitId), (truckCase, now) =>
      endCall(truckCase, input, now),
    );
  }
}
