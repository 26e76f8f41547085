import { Injectable } from '@nestjs/common';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { invalid } from '../cases/problems.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { arrivedFor } from '../visits/visit.js';
import type { CargoHold } from './cargo-hold.js';
import { hold } from './releasing.js';

export interface HoldCargoInput {
  readonly visitId: string;
  /** Codes, never free text. */
  readonly reasons: readonly string[];
  /** Who holds it. */
  readonly byId?: string;
  readonly of?: CargoHold['of'];
  /** `by_check` where it is not given. */
  readonly lifting?: CargoHold['lifting'];
}

/** The cargo is kept until a later check has passed, or longer; meanwhile no handoff starts and nothing is released. */
export function holdCargo(truckCase: TruckCase, input: HoldCargoInput, now: Now): Decision<CaseAnswer> {
  const { reasons, ...by } = input;
  const visit = arrivedFor(truckCase.visit, 'hold_cargo');
  if (reasons.length === 0) throw invalid('HOLD.NO_REASON', 'say why the cargo is held', { field: 'reasons' });
  const held = hold(visit, reasons, now, by);
  return {
    visit: held.visit,
    events: [held.event],
    answer: answerOf({ visit: held.visit, handoff: truckCase.handoff }),
  };
}

@Injectable()
export class HoldCargo {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: HoldCargoInput): Promise<CaseAnswer> {
    return this.cases.change(request, this.cases.ofVisit(input.visitId), (truckCase, now) =>
      holdCargo(truckCase, input, now),
    );
  }
}
