import { Injectable } from '@nestjs/common';
import type { DepartureOutcome } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { outlastingVisits } from '@yizhan/policy';
import { aboutVisit } from '../cases/about.js';
import { noExceptions, type OpenException, record, settle } from '../exceptions/raising.js';
import { given } from '../cases/given.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { notNow } from '../cases/problems.js';
import { type Decision, type DrivingChange, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { inCustody, untracked } from '../custody/truck.js';
import { abort } from '../handoffs/ending-assignment.js';
import { isLive } from '../handoffs/handoff.js';
import { assertOutcome, type DepartVisitInput, isCrossing } from './departure-outcome.js';
import { runBeyond } from './run-beyond.js';
export type { DepartVisitInput } from './departure-outcome.js';
import { type ArrivedVisit, arrivedFor, type Departed, type Visit } from './visit.js';

/** The truck leaves through the gate with its custodian; a handoff that was only planned ends with the visit. */
export function departVisit(truckCase: TruckCase, input: DepartVisitInput, now: Now): Decision<CaseAnswer> {
  const visit = arrivedFor(truckCase.visit, 'depart');
  const { handoff, exceptions } = truckCase;
  if (handoff?.state === 'started') {
    throw notNow(truckCase, 'HANDOFF.UNDER_WAY', 'a handoff has started: complete or abort it first');
  }
  const truck = inCustody(truckCase.truck);
  assertOutcome(truckCase, truck.custodian, input.outcome);
  const ended = isLive(handoff) ? abort(visit, handoff, 'visit_ended', now.at) : undefined;
  const beyond = runBeyond(truckCase, truck.custodian.id, input, now);
  const staysTracked = isCrossing(input.outcome) === (visit.flow === 'into_zone');
  const departed = departedVisit(visit, input.outcome, now.at, beyond?.run.runId);
  const settled = settle(aboutVisit(visit), exceptions, endsWithVisit, 'visit_departed', now.at);
  const { outcome, reasons } = input;
  const turnedAway =
    outcome === 'turned_away' ? record(aboutVisit(visit), 'turned_away', now, truckCase.place.rules) : noExceptions;
  const event = eventOfVisit(visit, 'visit.departed', now.at, {
    outcome,
    custodian: truck.custodian,
    departedAt: toIso(now.at),
    ...given({ runId: departed.runId, reasons }),
  });
  return {
    visit: departed,
    ...(staysTracked ? {} : { truck: untracked(truck) }),
    ...(ended && { handoff: ended.handoff }),
    ...(beyond && { run: beyond.run }),
    timers: [...(ended?.timers ?? []), ...(beyond?.timers ?? [])],
    exceptions: [...settled.exceptions, ...(beyond?.exceptions ?? []), ...turnedAway.exceptions],
    driving: [leaving(truck.custodian.id, staysTracked)],
    events: [...(ended?.events ?? []), event, ...(beyond?.events ?? []), ...settled.events, ...turnedAway.events],
    answer: answerOf({ visit: departed, handoff: ended?.handoff ?? handoff }),
  };
}

function endsWithVisit({ code }: OpenException): boolean {
  return !outlastingVisits.has(code);
}

/** Beyond what is tracked nothing would say when he stops: that is not counted as driving. */
function leaving(driverId: string, staysTracked: boolean): DrivingChange {
  return { does: staysTracked ? 'drive_off' : 'leave', driverId };
}

function departedVisit(
  visit: ArrivedVisit,
  outcome: DepartureOutcome,
  at: number,
  runId: string | undefined,
): Visit & Departed {
  return { ...visit, state: 'departed', departedAt: at, outcome, runId: runId ?? visit.runId };
}

@Injectable()
export class DepartVisit {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: DepartVisitInput): Promise<CaseAnswer> {
    return this.cases.change(request, this.cases.ofVisit(input.visitId), (truckCase, now) =>
      departVisit(truckCase, input, now),
    );
  }
}
