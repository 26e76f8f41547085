import { given } from '../cases/given.js';
import { Injectable } from '@nestjs/common';
import type { DeclineReason } from '@yizhan/contracts';
import { exceptionRule } from '@yizhan/policy';
import { aboutVisit } from '../cases/about.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { noExceptions, raise } from '../exceptions/raising.js';
import type { Run } from '../runs/run.js';
import { endAssignment } from './ending-assignment.js';
import { assignmentOf } from './live-assignment.js';

export interface DeclineAssignmentInput {
  readonly handoffId: string;
  readonly driverId: string;
  readonly reason?: DeclineReason;
}

/** The driver does not come: the handoff waits for another one. */
export function declineAssignment(
  truckCase: TruckCase,
  { driverId, reason }: DeclineAssignmentInput,
  now: Now,
): Decision<CaseAnswer> {
  const assignment = assignmentOf(truckCase, 'decline', driverId, now);
  const { visit, run, exceptions, place } = truckCase;
  const ended = endAssignment(visit, assignment, 'declined', now.at, given({ declineReason: reason }));
  const handoff = { ...ended.handoff, declined: (assignment.declined ?? 0) + 1 };
  const { opensAtCount = 1 } = exceptionRule(place.rules, 'driver_declined');
  const isLast = handoff.declined >= opensAtCount || isNamedForReturn(run, driverId);
  const raised = isLast ? raise(aboutVisit(visit), exceptions, 'driver_declined', now, place.rules) : noExceptions;
  return {
    handoff,
    timers: ended.timers,
    exceptions: raised.exceptions,
    events: [...ended.events, ...raised.events],
    answer: answerOf({ visit, handoff }),
  };
}

/** Who takes the truck back is one of few. */
function isNamedForReturn(run: Run | undefined, driverId: string): boolean {
  return run?.returnDriverId === driverId || run?.broughtByDriverId === driverId;
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
