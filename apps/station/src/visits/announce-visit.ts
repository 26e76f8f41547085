import { Injectable } from '@nestjs/common';
import type { ConsignmentFacts, Flow, Truck } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { truckOfRow, type TruckColumns, truckRows } from '../cases/rows.js';
import { together } from '../changes/together.js';
import { type Decision, eventOfVisit, type Now, type Place } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { Change, Outcome, StationRequest } from '../changes/changes.js';
import { newTruck, type TrackedTruck } from '../custody/truck.js';
import { assertAcceptable, placeFor } from './acceptable-visit.js';
import { announced } from './announced-visit.js';
import { requireRegistered } from './registered-parties.js';

export interface AnnounceVisitInput {
  readonly visitId: string;
  readonly stationCode: string;
  readonly zoneId: string;
  readonly flow: Flow;
  readonly truck: Truck;
  readonly carrierId?: string;
  readonly expectedAt: number;
  readonly priority?: number;
  readonly dueAt?: number;
  readonly consignments: readonly ConsignmentFacts[];
}

interface Expected {
  readonly place: Place;
  readonly truck: TrackedTruck | undefined;
}

/** A carrier says that a truck will come. Whose truck it is, the gate says. */
export function announceVisit(
  { place, truck }: Expected,
  input: AnnounceVisitInput,
  { at }: Now,
): Decision<CaseAnswer> {
  assertAcceptable(place, input.flow, input.consignments);
  const { areaCode } = place;
  const { zoneId, flow, carrierId, expectedAt, dueAt, consignments } = input;
  const visit = announced({ ...input, areaCode, plate: input.truck.plate });
  return {
    ...(truck ? {} : { truck: newTruck(input.truck, areaCode, null) }),
    visit,
    events: [
      eventOfVisit(visit, 'visit.announced', at, {
        zoneId,
        flow,
        truck: input.truck,
        ...given({ carrierId }),
        expectedAt: toIso(expectedAt),
        priority: visit.priority,
        ...(dueAt === undefined ? {} : { dueAt: toIso(dueAt) }),
        consignments,
      }),
    ],
    answer: answerOf({ visit, handoff: undefined }),
  };
}

@Injectable()
export class AnnounceVisit {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: AnnounceVisitInput): Promise<CaseAnswer> {
    return this.cases.change(
      request,
      (tx) => this.#load(tx, input),
      (expected, now) => announceVisit(expected, input, now),
    );
  }

  /** Part of a change that is under way: an import announces many. */
  within(change: Change, input: AnnounceVisitInput): Promise<Outcome<CaseAnswer>> {
    return this.cases.within(
      change,
      (tx) => this.#load(tx, input),
      (expected, now) => announceVisit(expected, input, now),
    );
  }

  async #load(tx: Transaction, input: AnnounceVisitInput): Promise<Expected> {
    const { stationCode, zoneId, truck } = input;
    const [[row], place] = await together<[{ truck: TruckColumns }[], Place, void]>([
      tx.rows<{ truck: TruckColumns }>(readTruck, [truck.plate]),
      placeFor(tx, this.cases.policies, stationCode, zoneId),
      requireRegistered(tx, input),
    ]);
    return { place, truck: row && truckOfRow(row.truck) };
  }
}

const readTruck = `SELECT ${truckRows.json('t')} AS truck FROM station.trucks t WHERE t.plate = $1`;
