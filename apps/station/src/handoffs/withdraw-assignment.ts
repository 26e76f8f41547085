import { Injectable } from '@nestjs/common';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { endAssignment } from './ending-assignment.js';
import { assignmentOf } from './live-assignment.js';

export interface WithdrawAssignmentInput {
  readonly handoffId: string;
  /** Who need not come; the one who is assigned where it is not said. */
  readonly driverId?: string;
}

/** The operator takes the assignment back: the handoff waits for another driver. */
export function withdrawAssignment(
  truckCase: TruckCase,
  { driverId }: Omit<WithdrawAssignmentInput, 'handoffId'>,
  now: Now,
): Decision<CaseAnswer> {
  const assignment = assignmentOf(truckCase, 'withdraw', driverId, now);
  const ended = endAssignment(truckCase.visit, assignment, 'withdrawn', now.at);
  return { ...ended, answer: answerOf({ visit: truckCase.visit, handoff: ended.handoff }) };
}

@Injectable()
export class WithdrawAssignment {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: WithdrawAssignmentInput): Promise<CaseAnswer> {
    return this.cases.change(request, this.cases.ofHandoff(input.handoffId), (truckCase, now) =>
      withdrawAssignment(truckCase, input, now),
    );
  }
}
