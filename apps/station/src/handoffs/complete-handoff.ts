import { Injectable } from '@nestjs/common';
import type { HandedItem, Photo, Reservation, Seal, Signature } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { handedOverWithSeal } from '../cargo/seal.js';
import { release } from '../cargo/releasing.js';
import { aboutVisit } from '../cases/about.js';
import { type OpenException, settle } from '../cases/exceptions.js';
import { given } from '../cases/given.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { conflict } from '../cases/problems.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { both, TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { handedTo, inCustody } from '../custody/truck.js';
import { arrivedFor, isReleasable } from '../visits/visit.js';
import { handoffIn } from './handoff-in.js';
import { type CompletedHandoff, handoffAfter, type StartedHandoff } from './handoff.js';
import { lockBay } from './lock-bay.js';
import { assertSigned, assertSignedInTime } from './signatures.js';

export interface CompleteHandoffInput {
  readonly handoffId: string;
  readonly signatures: readonly Signature[];
  readonly items: readonly HandedItem[];
  readonly odometerKm?: number;
  readonly fuelPercent?: number;
  readonly seal?: Seal;
  readonly photos: readonly Photo[];
  readonly reservations: readonly Reservation[];
}

/** Three have signed: at one instant the on-coming driver becomes the custodian; the cargo goes, if nothing speaks against it. */
export function completeHandoff(truckCase: TruckCase, input: CompleteHandoffInput, { at }: Now): Decision<CaseAnswer> {
  const started = handoffIn(truckCase);
  handoffAfter(started, 'complete');
  const { handoff, event } = completed(truckCase, started as StartedHandoff, input, at);
  const visit = arrivedFor(truckCase.visit, 'check');
  const truck = handedTo(handedOverWithSeal(truckCase.truck, input.seal), { kind: 'driver', id: handoff.driverId }, at);
  const taken = settle(aboutVisit(visit), truckCase.exceptions, endsWithSwap, 'handed_over', at);
  const released = isReleasable({ visit, handoff })
    ? release(visit, handoff.handoffId, truckCase.place, at)
    : undefined;
  return {
    ...(released && { visit: released.visit }),
    truck,
    handoff,
    exceptions: taken.exceptions,
    events: [event, ...(released ? [released.event] : []), ...taken.events],
    answer: answerOf({ visit: released?.visit ?? visit, handoff }),
  };
}

/** Parked no longer; and who was to have been off shift has his hands free. */
function endsWithSwap({ code }: OpenException): boolean {
  return code === 'custody_parked' || code === 'shift_over_in_zone';
}

function completed(truckCase: TruckCase, started: StartedHandoff, input: CompleteHandoffInput, at: number) {
  const { handoffId, driverId, bayCode, startedAt } = started;
  if (at < startedAt) {
    throw conflict('HANDOFF.BEFORE_ITS_START', 'custody can not move before the handoff started', {
      startedAt: toIso(startedAt),
    });
  }
  const from = inCustody(truckCase.truck).custodian;
  assertSigned(input.signatures, from, driverId);
  assertSignedInTime(input.signatures, startedAt, at);
  const { signatures, items, odometerKm, fuelPercent, seal, photos, reservations } = input;
  const evidence = { from, signatures, items, ...given({ odometerKm, fuelPercent, seal }), photos, reservations };
  const handoff: CompletedHandoff = { ...started, state: 'completed', custodyAt: at, evidence };
  const event = eventOfVisit(truckCase.visit, 'handoff.completed', at, {
    handoffId,
    toDriverId: driverId,
    bayCode,
    custodyAt: toIso(at),
    ...evidence,
  });
  return { handoff, event };
}

@Injectable()
export class CompleteHandoff {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: CompleteHandoffInput): Promise<CaseAnswer> {
    return this.cases.change(
      request,
      both(this.cases.ofHandoff(input.handoffId), (tx) => lockBay(tx, input.handoffId)),
      ([truckCase], now) => completeHandoff(truckCase, input, now),
    );
  }
}
