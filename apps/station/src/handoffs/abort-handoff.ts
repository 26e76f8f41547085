import { Injectable } from '@nestjs/common';
import type { Seal } from '@yizhan/contracts';
import { hold } from '../cargo/releasing.js';
import { sealMismatch } from '../cargo/seal.js';
import { aboutVisit } from '../cases/about.js';
import { raise } from '../exceptions/raising.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { both, TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { type ArrivedVisit, arrivedFor } from '../visits/visit.js';
import { abort } from './ending-assignment.js';
import { handoffIn } from './handoff-in.js';
import { handoffAfter, isLive } from './handoff.js';
import { lockBay } from './lock-bay.js';

export interface AbortHandoffInput {
  readonly handoffId: string;
  /** A code; `seal_mismatch` also holds the cargo. */
  readonly reason: string;
  /** As it was seen. */
  readonly seal?: Seal;
}

/** This try ends without a swap; the truck is checked again before there is a new one. */
export function abortHandoff(truckCase: TruckCase, { reason }: AbortHandoffInput, now: Now): Decision<CaseAnswer> {
  const handoff = handoffIn(truckCase);
  handoffAfter(handoff, 'abort');
  if (!isLive(handoff)) throw new Error('the table lets a final state be aborted');
  const visit: ArrivedVisit = { ...arrivedFor(truckCase.visit, 'check'), checked: null };
  const aborted = abort(visit, handoff, reason, now.at);
  const kept = reason === sealMismatch ? holdForSeal(truckCase, visit, now) : { visit, exceptions: [], events: [] };
  return {
    visit: kept.visit,
    handoff: aborted.handoff,
    timers: aborted.timers,
    exceptions: kept.exceptions,
    events: [...aborted.events, ...kept.events],
    answer: answerOf({ visit: kept.visit, handoff: aborted.handoff }),
  };
}

function holdForSeal({ exceptions, place }: TruckCase, visit: ArrivedVisit, now: Now) {
  const held = hold(visit, [sealMismatch], now);
  const raised = raise(aboutVisit(visit), exceptions, sealMismatch, now, place.rules);
  return { visit: held.visit, exceptions: raised.exceptions, events: [held.event, ...raised.events] };
}

@Injectable()
export class AbortHandoff {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: AbortHandoffInput): Promise<CaseAnswer> {
    return this.cases.change(
      request,
      both(this.cases.ofHandoff(input.handoffId), (tx) => lockBay(tx, input.handoffId)),
      ([truckCase], now) => abortHandoff(truckCase, input, now),
    );
  }
}
