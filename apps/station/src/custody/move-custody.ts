import { Injectable } from '@nestjs/common';
import type { Party, Truck } from '@yizhan/contracts';
import { newEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { aboutVisit } from '../cases/about.js';
import { type ExceptionSteps, raise, settle } from '../exceptions/raising.js';
import { given } from '../cases/given.js';
import type { Decision, DrivingChange, Now } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { assertMovable } from './assert-movable.js';
import { beginInside } from './begin-inside.js';
import type { MoveCustodyInput } from './custody-move.js';
import { type CustodyCase, loadCustody } from './load-custody.js';
import { handedTo, newTruck, type TruckInCustody } from './truck.js';

export interface CustodyAnswer {
  readonly plate: string;
  readonly custodian: Party;
  readonly custodyAt: string;
  readonly runId?: string;
}

/** A truck changes hands without a swap: it is parked, taken up again, its absent driver is replaced, or it starts inside. */
export function moveCustody(custody: CustodyCase, input: MoveCustodyInput, now: Now): Decision<CustodyAnswer> {
  assertMovable(custody, input);
  const known = custody.truck ?? newTruck(input.truck as Truck, custody.areaCode, null);
  const before = { ...known, areaCode: custody.areaCode };
  const truck = handedTo(before, input.to, now.at);
  const begun = before.custodian ? undefined : beginInside(custody, truck, input, now);
  const exceptions = parking(custody, input, now);
  const answer = {
    plate: truck.plate,
    custodian: truck.custodian,
    custodyAt: toIso(now.at),
    ...given({ runId: begun?.run.runId }),
  };
  return {
    truck,
    ...(begun && { run: begun.run, timers: begun.timers }),
    exceptions: exceptions.exceptions,
    driving: drivingAfter(custody, input),
    events: [moved(custody, truck, input, now.at), ...(begun?.events ?? []), ...exceptions.events],
    answer,
  };
}

function moved({ atStation }: CustodyCase, truck: TruckInCustody, input: MoveCustodyInput, at: number) {
  const { plate, areaCode, carrierId } = truck;
  const { from, to, place, reason, items } = input;
  const visitId = atStation?.visit.visitId;
  return newEvent({
    name: 'custody.moved',
    subject: `truck/${plate}`,
    areaCode,
    time: at,
    ...given({ correlationId: visitId, carrierId }),
    data: { plate, from, to, place, custodyAt: toIso(at), reason, items, ...given({ visitId }) },
  });
}

/** A truck that stands in the station's custody is an exception until somebody takes it. */
function parking({ atStation }: CustodyCase, { from, to }: MoveCustodyInput, now: Now): ExceptionSteps {
  if (!atStation) return { exceptions: [], events: [] };
  const about = aboutVisit(atStation.visit);
  if (to.kind === 'station') return raise(about, atStation.exceptions, 'custody_parked', now, atStation.place.rules);
  if (from.kind !== 'station') return { exceptions: [], events: [] };
  return settle(about, atStation.exceptions, ({ code }) => code === 'custody_parked', 'taken_up', now.at);
}

/** Who gives it away drives no longer. Who takes it away from a station drives when it departs, elsewhere at once. */
function drivingAfter(
  { atStation, placeIsStation }: CustodyCase,
  { from, to, place }: MoveCustodyInput,
): DrivingChange[] {
  const stationCode = placeIsStation ? place : undefined;
  return [
    ...(from.kind === 'driver' ? [{ does: 'stop' as const, driverId: from.id, ...given({ stationCode }) }] : []),
    ...(to.kind === 'driver' && !atStation ? [{ does: 'drive_off' as const, driverId: to.id }] : []),
  ];
}

@Injectable()
export class MoveCustody {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: MoveCustodyInput): Promise<CustodyAnswer> {
    return this.cases.change(
      request,
      async (tx, now) => {
        const custody = await loadCustody(tx, now, this.cases, input);
        keepMove(tx, input, now.at);
        return custody;
      },
      (custody, now) => moveCustody(custody, input, now),
    );
  }
}

/** So that it is found later whom a driver met. */
function keepMove(tx: Transaction, { plate, from, to, place }: MoveCustodyInput, at: number): void {
  tx.last(insertMove, [plate, at, from.kind, from.id, to.kind, to.id, place]);
}

const insertMove = `
  INSERT INTO station.custody_moves (plate, moved_at, from_kind, from_id, to_kind, to_id, place)
  VALUES ($1, to_timestamp($2::double precision / 1000), $3, $4, $5, $6, $7)`;
