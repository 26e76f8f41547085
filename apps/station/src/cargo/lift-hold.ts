import { Injectable } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { notFound, notNow } from '../cases/problems.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { arrivedFor } from '../visits/visit.js';
import { type CargoHold, withHolds } from './cargo-hold.js';

export interface LiftHoldInput {
  readonly visitId: string;
  readonly holdId: string;
  /** A code, never free text. */
  readonly reason: string;
  /** For whom it is lifted: the station does not lift what the command centre has put on. */
  readonly of: CargoHold['of'];
}

/** One hold ends; the others stand, and the cargo still needs a check that has passed after the last of them. */
export function liftHold(
  truckCase: TruckCase,
  { holdId, reason, of }: LiftHoldInput,
  { at }: Now,
): Decision<CaseAnswer> {
  const visit = arrivedFor(truckCase.visit, 'lift_hold');
  if (visit.holds.length === 0) throw notNow(truckCase, 'CARGO.NOT_HELD', 'the cargo is not held');
  const hold = visit.holds.find((other) => other.holdId === holdId);
  if (!hold) {
    const holdIds = visit.holds.map((other) => other.holdId);
    throw notFound('HOLD.NOT_FOUND', `no hold ${holdId} stands on this cargo`, { holdId, holdIds });
  }
  if (hold.of === 'command_centre' && of === 'station')
    throw new Problem('forbidden', 'HOLD.OF_THE_COMMAND_CENTRE', 'the command centre lifts its holds itself', {
      holdId,
    });
  const liftedHolds = [...(visit.liftedHolds ?? []), { heldAt: hold.heldAt, liftedAt: at }];
  const lifted = withHolds(
    { ...visit, liftedHolds },
    visit.holds.filter((other) => other !== hold),
  );
  return {
    visit: lifted,
    events: [eventOfVisit(visit, 'cargo.hold_lifted', at, { holdId, reasons: hold.reasons, reason })],
    answer: answerOf({ visit: lifted, handoff: truckCase.handoff }),
  };
}

@Injectable()
export class LiftHold {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: LiftHoldInput): Promise<CaseAnswer> {
    return this.cases.change(request, this.cases.ofVisit(input.visitId), (truckCase, now) =>
      liftHold(truckCase, input, now),
    );
  }
}
