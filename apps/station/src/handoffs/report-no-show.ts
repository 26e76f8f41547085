import { Injectable } from '@nestjs/common';
import { aboutVisit } from '../cases/about.js';
import { raise } from '../exceptions/raising.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { endAssignment } from './ending-assignment.js';
import { assignmentOf } from './live-assignment.js';

export interface ReportNoShowInput {
  readonly handoffId: string;
  /** Who did not come; the one who is assigned where it is not said. */
  readonly driverId?: string;
}

/** The driver was expected and is not there: an exception until another one starts. */
export function reportNoShow(
  truckCase: TruckCase,
  { driverId }: Omit<ReportNoShowInput, 'handoffId'>,
  now: Now,
): Decision<CaseAnswer> {
  const { visit, exceptions, place } = truckCase;
  const ended = endAssignment(visit, assignmentOf(truckCase, 'report_no_show', driverId, now), 'no_show', now.at);
  const raised = raise(aboutVisit(visit), exceptions, 'no_show', now, place.rules);
  return {
    handoff: ended.handoff,
    timers: ended.timers,
    exceptions: raised.exceptions,
    events: [...ended.events, ...raised.events],
    answer: answerOf({ visit, handoff: ended.handoff }),
  };
}

@Injectable()
export class ReportNoShow {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: ReportNoShowInput): Promise<CaseAnswer> {
    return this.cases.change(request, this.cases.ofHandoff(input.handoffId), (truckCase, now) =>
      reportNoShow(truckCase, input, now),
    );
  }
}
