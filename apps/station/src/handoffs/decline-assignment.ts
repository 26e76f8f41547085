import { Injectable } from '@nestjs/common';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { endAssignment } from './ending-assignment.js';
import { assertAssignedTo } from './handoff-in.js';
import { assignmentFor } from './live-assignment.js';

export interface DeclineAssignmentInput {
  readonly handoffId: string;
  readonly driverId: string;
}

/** The driver does not come: the handoff waits for another one. */
export function declineAssignment(
  truckCase: TruckCase,
  { driverId }: DeclineAssignmentInput,
  { at }: Now,
): Decision<CaseAnswer> {
  const assignment = assignmentFor(truckCase, 'decline');
  assertAssignedTo(assignment, driverId);
  const ended = endAssignment(truckCase.visit, assignment, 'declined', at);
  return { ...ended, answer: answerOf({ visit: truckCase.visit, handoff: ended.handoff }) };
}

@Injectable()
export class DeclineAssignment {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: DeclineAssignmentInput): Promise<CaseAnswer> {
    return this.cases.change(request, this.cases.ofHandoff(input.handoffId), (truckCase, now) =>
      declineAssignment(truckCase, input, now),
    );
  }
}
