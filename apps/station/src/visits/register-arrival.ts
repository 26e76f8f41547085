import { Injectable } from '@nestjs/common';
import type { ConsignmentFacts, Flow, Party, Truck } from '@yizhan/contracts';
import type { NewEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import { exceptionRule } from '@yizhan/policy';
import { given } from '../cases/given.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { conflict } from '../cases/problems.js';
import { type Decision, eventOfVisit, type Now, type Place, type TimerChange } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { handedTo, holdsAnother, isHeldBy, newTruck, notTheCustodian, type TruckInCustody } from '../custody/truck.js';
import { isOpenAt } from '../network/opening-hours/opening-hours.js';
import { endsOf, timerOf } from '../exceptions/visit-ends.js';
import { closeRun } from '../runs/closing.js';
import { assertAcceptable } from './acceptable-visit.js';
import { announced } from './announced-visit.js';
import { type AtTheGate, loadGate } from './load-gate.js';
import { type ArrivedVisit, type Visit, visitAfter } from './visit.js';

export interface RegisterArrivalInput {
  readonly visitId: string;
  readonly stationCode: string;
  readonly zoneId: string;
  readonly flow: Flow;
  readonly truck: Truck;
  readonly carrierId?: string;
  /** Who brings it. */
  readonly driverId: string;
  readonly priority?: number;
  readonly dueAt?: number;
  readonly consignments: readonly ConsignmentFacts[];
}

/** The truck comes in through the gate: its visit begins and, where nobody answered for it to us before, its custody. */
export function registerArrival(gate: AtTheGate, input: RegisterArrivalInput, { at }: Now): Decision<CaseAnswer> {
  const { place, run, exceptions } = gate;
  assertAcceptable(place, input.flow, input.consignments);
  const truck = broughtIn(gate, input, at);
  const visit: ArrivedVisit = {
    ...expectedVisit(gate, input),
    state: 'arrived',
    arrivedAt: at,
    departedAt: null,
    outcome: null,
    runId: run?.runId ?? null,
    broughtBy: input.driverId,
  };
  const outside = isOpenAt(place.hours, at) ? {} : { outsideHours: true };
  const ended =
    run && input.flow === 'out_of_zone' && run.direction !== 'out_first'
      ? closeRun(run, { how: 'returned', outOfZoneVisitId: visit.visitId }, at, visit, exceptions)
      : undefined;
  return {
    visit,
    truck,
    ...(ended && { run: ended.run, exceptions: ended.exceptions }),
    timers: [...(ended?.timers ?? []), ...watchingFromNowOn(visit, place)],
    driving: [{ does: 'stop', driverId: input.driverId, stationCode: visit.stationCode, locked: gate.driving }],
    events: [arrived(visit, input.truck, truck.custodian, at, outside), ...(ended?.events ?? [])],
    answer: { ...answerOf({ visit, handoff: undefined }), ...outside },
  };
}

/** How long it stays, and that it stands at a station that stands still. */
function watchingFromNowOn(visit: ArrivedVisit, place: Place): TimerChange[] {
  const { visitId, stationCode, arrivedAt } = visit;
  const ends = endsOf({ visit, handoff: undefined, exceptions: [], place });
  const { opensAfterSeconds = 0 } = exceptionRule(place.rules, 'station_suspended');
  const watch = { kind: 'station_watch', ref: stationCode, dueAt: arrivedAt + opensAfterSeconds * 1000 } as const;
  return [timerOf(visitId, ends, arrivedAt), ...(place.stationState === 'open' ? [] : [watch])];
}

/** As announced, with what was only known at the gate; or new. */
function expectedVisit({ visit, truck, place }: AtTheGate, input: RegisterArrivalInput): Visit {
  const { plate } = input.truck;
  const carrierId = input.carrierId ?? visit?.carrierId ?? truck?.carrierId ?? undefined;
  const fresh = announced({ ...input, carrierId, plate, areaCode: place.areaCode });
  if (!visit) return fresh;
  visitAfter(visit, 'arrive');
  // It was moved, and comes to where it was announced before: where it stands is a fact.
  const announcedHere = visit.movedFrom?.includes(fresh.stationCode) ? fresh.stationCode : visit.stationCode;
  const expected = { ...visit, stationCode: announcedHere };
  const differs = (['stationCode', 'zoneId', 'flow', 'plate'] as const).find(
    (field) => expected[field] !== fresh[field],
  );
  if (differs) {
    throw conflict(
      'VISIT.ANNOUNCED_OTHERWISE',
      `the visit was announced with another ${differs}: cancel it and begin a new one`,
      {
        field: differs,
        announced: expected[differs],
      },
    );
  }
  return {
    ...expected,
    carrierId: fresh.carrierId,
    priority: input.priority ?? visit.priority,
    dueAt: input.dueAt ?? visit.dueAt,
    consignments: input.consignments.length > 0 ? input.consignments : visit.consignments,
    calledBayCode: null,
  };
}

/** Who brings a tracked truck must be the one who answers for it. */
function broughtIn(gate: AtTheGate, input: RegisterArrivalInput, at: number): TruckInCustody {
  const { truck: known, run, place, holdsPlate } = gate;
  const { plate, plateColour, licenceRequired, trailerPlate } = input.truck;
  const driver: Party = { kind: 'driver', id: input.driverId };
  const before = known ?? newTruck(input.truck, place.areaCode, input.carrierId ?? null);
  const truck = {
    ...before,
    plateColour,
    licenceRequired,
    trailerPlate: trailerPlate ?? null,
    carrierId: input.carrierId ?? gate.visit?.carrierId ?? before.carrierId,
    areaCode: before.custodian ? before.areaCode : place.areaCode,
  };
  if (before.custodian && !isHeldBy(before, driver.id)) throw notTheCustodian(before, driver);
  if (!before.custodian && input.flow === 'out_of_zone') throw notTheCustodian(before, driver);
  if (input.flow === 'into_zone' && run && run.direction !== 'out_first') {
    throw conflict(
      'RUN.TRUCK_IS_INSIDE',
      `truck ${plate} is in the zone on run ${run.runId}: it can only come out of it`,
      {
        runId: run.runId,
      },
    );
  }
  if (holdsPlate !== undefined) throw holdsAnother(driver.id, holdsPlate);
  return before.custodian
    ? { ...truck, custodian: driver, custodyAt: before.custodyAt ?? at }
    : handedTo(truck, driver, at);
}

function arrived(
  visit: ArrivedVisit,
  truck: Truck,
  custodian: Party,
  at: number,
  outside: { readonly outsideHours?: boolean },
): NewEvent {
  const { zoneId, flow, carrierId, priority, dueAt, consignments, runId } = visit;
  return eventOfVisit(visit, 'visit.arrived', at, {
    zoneId,
    flow,
    truck,
    custodian,
    arrivedAt: toIso(at),
    priority,
    ...given({ carrierId, runId }),
    ...(dueAt === null ? {} : { dueAt: toIso(dueAt) }),
    consignments,
    ...outside,
  });
}

@Injectable()
export class RegisterArrival {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: RegisterArrivalInput): Promise<CaseAnswer> {
    return this.cases.change(
      request,
      (tx) => loadGate(tx, this.cases.policies, input),
      (gate, now) => registerArrival(gate, input, now),
    );
  }
}
