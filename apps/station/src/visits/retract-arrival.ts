import { Injectable } from '@nestjs/common';
import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import { LogReader, newEvent } from '@yizhan/event-log';
import { given } from '../cases/given.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { conflict, notNow } from '../cases/problems.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { isSameParty, untracked } from '../custody/truck.js';
import { type ArrivedVisit, arrivedFor, type Visit, visitConditions } from './visit.js';

export interface RetractArrivalInput {
  readonly visitId: string;
  readonly reason: 'did_not_occur';
}

/** The visit's arrival as the log has it; undefined while it is on its way there. */
type LoggedArrival = YizhanEvent<'visit.arrived'> | undefined;

/** An arrival was typed for the wrong truck: the visit and the custody that began with it never were. */
export function retractArrival(
  truckCase: TruckCase,
  arrival: LoggedArrival,
  { reason }: RetractArrivalInput,
  { at }: Now,
): Decision<CaseAnswer> {
  const visit = arrivedFor(truckCase.visit, 'retract_arrival');
  const { id: retractedEventId, subject, data } = lastFactOf(truckCase, visit, arrival);
  const { truck } = truckCase;
  const retracted: Visit = { ...visit, state: 'retracted', arrivedAt: null, runId: null };
  const driverId = data.custodian.id;
  const isTrackedSinceThen = truck.custodyAt === visit.arrivedAt;
  const { areaCode, carrierId } = visit;
  return {
    visit: retracted,
    ...(isTrackedSinceThen ? { truck: untracked(truck) } : {}),
    driving: [
      isTrackedSinceThen ? { does: 'leave', driverId } : { does: 'drive_off', driverId, since: visit.arrivedAt },
    ],
    events: [
      newEvent({
        name: 'record.retracted',
        subject,
        areaCode,
        time: at,
        ...given({ carrierId }),
        data: { retractedEventId, reason },
      }),
    ],
    answer: answerOf({ visit: retracted, handoff: undefined }),
  };
}

/** The arrival, where nothing depends on it. @throws Problem that says how to compensate it instead. */
function lastFactOf(truckCase: TruckCase, visit: ArrivedVisit, arrival: LoggedArrival): NonNullable<LoggedArrival> {
  const { handoff, run, truck, exceptions } = truckCase;
  if (handoff?.state === 'completed') {
    const message =
      'the swap is a fact: hand the truck back by moving its custody, then depart the visit as turned_away';
    throw notNow(truckCase, 'VISIT.SWAP_IS_MADE', message);
  }
  if (!visitConditions.retract_arrival?.(truckCase)) {
    const message = 'the visit has gone on since the arrival: depart it as turned_away instead';
    throw notNow(truckCase, 'VISIT.WENT_ON', message);
  }
  if (run?.outOfZoneVisitId === visit.visitId && run.state === 'closed') {
    const message = `the arrival has closed run ${run.runId}: depart the visit as turned_away, the truck goes on as a new run`;
    throw conflict('VISIT.CLOSED_A_RUN', message, { runId: run.runId });
  }
  if (!arrival) {
    const message = 'the arrival is still being written to the log: ask again';
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
  constructor(
    private readonly cases: TruckCases,
    private readonly log: LogReader,
  ) {}

  async execute(request: StationRequest, input: RetractArrivalInput): Promise<CaseAnswer> {
    const history = await this.log.ofCorrelation(input.visitId);
    const arrival = history.find((event): event is YizhanEvent<'visit.arrived'> => isEvent(event, 'visit.arrived'));
    return this.cases.change(request, this.cases.ofVisit(input.visitId), (truckCase, now) =>
      retractArrival(truckCase, arrival, input, now),
    );
  }
}
