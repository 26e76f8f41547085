import { Injectable } from '@nestjs/common';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { expiryOf } from './ending-assignment.js';
import { assertAssignedTo, handoffIn } from './handoff-in.js';
import { type AcceptedHandoff, type AssignedHandoff, handoffAfter } from './handoff.js';
import { assertGivenBefore } from './live-assignment.js';

export interface AcceptAssignmentInput {
  readonly handoffId: string;
  readonly driverId: string;
}

/** The driver says that he comes. */
export function acceptAssignment(
  truckCase: TruckCase,
  { driverId }: AcceptAssignmentInput,
  now: Now,
): Decision<CaseAnswer> {
  const handoff = handoffIn(truckCase);
  handoffAfter(handoff, 'accept');
  const assigned = handoff as AssignedHandoff;
  assertAssignedTo(assigned, driverId);
  assertGivenBefore(assigned, now);
  const accepted: AcceptedHandoff = { ...assigned, state: 'accepted' };
  const { visit } = truckCase;
  return {
    handoff: accepted,
    timers: [{ ...expiryOf(assigned), dueAt: null }],
    events: [eventOfVisit(visit, 'handoff.accepted', now.at, { handoffId: handoff.handoffId, driverId })],
    answer: answerOf({ visit, handoff: accepted }),
  };
}

@Injectable()
export class AcceptAssignment {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: AcceptAssignmentInput): Promise<CaseAnswer> {
    return this.cases.change(request, this.cases.ofHandoff(input.handoffId), (truckCase, now) =>
      acceptAssignment(truckCase, input, now),
    );
  }
}
