import { Injectable } from '@nestjs/common';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { arrivedFor } from '../visits/visit.js';
import { hold } from './releasing.js';

export interface HoldCargoInput {
  readonly visitId: string;
  /** Codes, never free text. */
  readonly reasons: readonly string[];
}

/** The cargo is kept until a later check has passed; meanwhile no handoff starts and nothing is released. */
export function holdCargo(truckCase: TruckCase, { reasons }: HoldCargoInput, { at }: Now): Decision<CaseAnswer> {
  const held = hold(arrivedFor(truckCase.visit, 'hold_cargo'), reasons, at);
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
