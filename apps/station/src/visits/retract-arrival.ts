import { Injectable } from '@nestjs/common';
import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import { loggedHistory, type SubjectHistory } from '@yizhan/event-log';
import { parseInstant } from '@yizhan/kernel';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { conflict, notNow } from '../cases/problems.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { both, TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { isSameParty, untracked } from '../custody/truck.js';
import { retracting } from '../corrections/retraction.js';
import { type Left, leftBy, standing } from '../corrections/visit-record.js';
import { type ArrivedVisit, arrivedFor, hasJustArrived, type Visit, wasAnnounced } from './visit.js';

export interface RetractArrivalInput {
  readonly visitId: string;
  readonly reason: 'did_not_occur';
}

/** What the log has of the visit: its arrival is undefined while it is on its way there. */
export interface LoggedVisit {
  readonly arrival: YizhanEvent<'visit.arrived'> | undefined;
  /** As it was announced, where it was. */
  readonly announced: YizhanEvent<'visit.announced'> | undefined;
  /** Everything that stands, but for the arrival. */
  readonly others: readonly YizhanEvent[];
  readonly isCorrected: boolean;
  /** False while something of the visit is on its way to the log. */
  readonly isWhole: boolean;
}

/** Of a visit that was announced, arrived, was taken back and arrived again, what counts now. */
export function loggedVisit({ events, isWhole }: SubjectHistory): LoggedVisit {
  const stands = standing(events);
  const arrival = stands.findLast((event) => isEvent(event, 'visit.arrived'));
  return {
    arrival,
    announced: stands.findLast((event) => isEvent(event, 'visit.announced')),
    others: stands.filter((event) => event !== arrival),
    isCorrected: events.some(({ data }) => 'replacedBy' in data && data.replacedBy === arrival?.id),
    isWhole,
  };
}

/** An arrival was typed for the wrong truck: the visit and the custody that began with it never were. */
export function retractArrival(
  truckCase: TruckCase,
  logged: LoggedVisit,
  byId: string,
  { at }: Now,
): Decision<CaseAnswer> {
  const step = wasAnnounced(truckCase.visit) ? 'retract_announced_arrival' : 'retract_arrival';
  const visit = arrivedFor(truckCase.visit, step);
  const arrival = lastFactOf(truckCase, visit, logged);
  const { truck } = truckCase;
  const retracted = withoutArrival(visit, logged);
  const driverId = arrival.data.custodian.id;
  const isTrackedSinceThen = truck.custodyAt === visit.arrivedAt;
  return {
    visit: retracted,
    ...(isTrackedSinceThen ? { truck: untracked(truck) } : {}),
    driving: [
      isTrackedSinceThen ? { does: 'leave', driverId } : { does: 'drive_off', driverId, since: visit.arrivedAt },
    ],
    events: [retracting(arrival, { byId, at })],
    answer: answerOf({ visit: retracted, handoff: undefined }),
  };
}

/** It is announced again, as it was before it arrived; a visit that nobody had announced never was. */
function withoutArrival(visit: ArrivedVisit, { announced, others }: LoggedVisit): Visit {
  const before = { ...visit, arrivedAt: null, runId: null } as const;
  if (!announced) return { ...before, state: 'retracted' };
  const { carrierId, priority, dueAt, consignments } = announced.data;
  // It may have come to a station that it had been moved away from.
  const moved = others.findLast((event) => isEvent(event, 'visit.moved')) ?? announced;
  return {
    ...before,
    ...queueOf(leftBy(others)),
    state: 'announced',
    stationCode: moved.data.stationCode,
    carrierId: carrierId ?? null,
    priority,
    dueAt: dueAt === undefined ? null : (parseInstant(dueAt) ?? null),
    consignments,
  };
}

function queueOf({ queue, ticketNo, queuedAt, calledAt, calledBayCode }: Left) {
  return { queue, ticketNo, queuedAt, calledAt, calledBayCode };
}

/** The arrival, where nothing depends on it. @throws Problem that says how to compensate it instead. */
function lastFactOf(
  truckCase: TruckCase,
  visit: ArrivedVisit,
  { arrival, isCorrected, isWhole }: LoggedVisit,
): NonNullable<LoggedVisit['arrival']> {
  const { handoff, run, truck, exceptions } = truckCase;
  if (handoff?.state === 'completed') {
    const message =
      'the swap is a fact: hand the truck back by moving its custody, then depart the visit as turned_away';
    throw notNow(truckCase, 'VISIT.SWAP_IS_MADE', message);
  }
  if (!hasJustArrived(truckCase)) {
    const message = 'the visit has gone on since the arrival: depart it as turned_away instead';
    throw notNow(truckCase, 'VISIT.WENT_ON', message);
  }
  if (run?.outOfZoneVisitId === visit.visitId && run.state === 'closed') {
    const message = `the arrival has closed run ${run.runId}: depart the visit as turned_away, the truck goes on as a new run`;
    throw conflict('VISIT.CLOSED_A_RUN', message, { runId: run.runId });
  }
  if (isCorrected) {
    const message = 'the arrival has been corrected, so it is known to have occurred: depart the visit as turned_away';
    throw conflict('VISIT.WENT_ON', message);
  }
  if (!arrival || !isWhole) {
    const message = 'the arrival, or what followed it, is still being written to the log: ask again';
    throw conflict('VISIT.ARRIVAL_NOT_LOGGED', message, { retryAfterSeconds: 1 });
  }
  const hasMoved = (truck.custodyAt ?? 0) > visit.arrivedAt || !isSameParty(truck.custodian, arrival.data.custodian);
  if (hasMoved || exceptions.some((exception) => exception.subject === arrival.subject)) {
    const message = 'somebody else has the truck, or an exception runs since: depart the visit as turned_away instead';
    throw conflict('VISIT.WENT_ON', message);
  }
  return arrival;
}

@Injectable()
export class RetractArrival {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, { visitId }: RetractArrivalInput): Promise<CaseAnswer> {
    const load = both(this.cases.ofVisit(visitId), (tx) => loggedHistory(tx, `visit/${visitId}`));
    return this.cases.change(request, load, ([truckCase, history], now) =>
      retractArrival(truckCase, loggedVisit(history), request.caller, now),
    );
  }
}
