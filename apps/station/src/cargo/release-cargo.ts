import { Injectable } from '@nestjs/common';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { notNow } from '../cases/problems.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { arrivedFor, isReleasable } from '../visits/visit.js';
import { release } from './releasing.js';

export interface ReleaseCargoInput {
  readonly visitId: string;
}

/** The cargo may go on. Usually the completed handoff does this; by hand after a hold or a failed check. */
export function releaseCargo(truckCase: TruckCase, { at }: Now): Decision<CaseAnswer> {
  const visit = arrivedFor(truckCase.visit, 'release_cargo');
  const { handoff, place } = truckCase;
  if (handoff?.state !== 'completed') {
    throw notNow(truckCase, 'CARGO.NOT_SWAPPED', 'the cargo goes only after a completed handoff');
  }
  if (!isReleasable(truckCase)) throw notNow(truckCase, ...whyNot(visit));
  const released = release(visit, handoff.handoffId, place, at);
  return {
    visit: released.visit,
    events: [released.event],
    answer: answerOf({ visit: released.visit, handoff }),
  };
}

function whyNot(visit: TruckCase['visit']): [code: string, message: string] {
  if (visit.releasedAt !== null) return ['CARGO.ALREADY_RELEASED', 'the cargo is released already'];
  if (visit.held) return ['CARGO.HELD', `the cargo is held (${visit.holdReasons.join(', ')}): ${howToFree(visit)}`];
  return ['CARGO.CHECK_NOT_PASSED', 'no check has passed since the last hold or failure: check it again'];
}

function howToFree({ holds }: TruckCase['visit']): string {
  return holds.some(({ lifting }) => lifting === 'by_hand') ? 'lift its holds' : 'check it again';
}

@Injectable()
export class ReleaseCargo {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: ReleaseCargoInput): Promise<CaseAnswer> {
    return this.cases.change(request, this.cases.ofVisit(input.visitId), releaseCargo);
  }
}
