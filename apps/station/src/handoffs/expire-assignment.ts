import { Injectable } from '@nestjs/common';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { Change, Outcome } from '../changes/changes.js';
import { endAssignment, expiryOf } from './ending-assignment.js';
import { assignmentFor } from './live-assignment.js';

/** The driver has not accepted in time: the handoff waits for another one. Nothing where that assignment is over, or accepted. */
export function expireAssignment(truckCase: TruckCase, assignmentNo: number, { at }: Now): Decision<boolean> {
  const { handoff, visit } = truckCase;
  if (handoff?.state !== 'assigned' || handoff.assignmentNo !== assignmentNo) {
    const timers = handoff ? [{ ...expiryOf({ ...handoff, assignmentNo }), dueAt: null }] : [];
    return { timers, events: [], answer: false };
  }
  return { ...endAssignment(visit, assignmentFor(truckCase, 'expire'), 'expired', at), answer: true };
}

@Injectable()
export class ExpireAssignment {
  constructor(private readonly cases: TruckCases) {}

  /** What the timer `assignment_expiry` does; `ref` is `<handoffId>/<assignmentNo>`. */
  fire(change: Change, ref: string): Promise<Outcome<boolean>> {
    const [handoffId = '', assignmentNo] = ref.split('/');
    return this.cases.within(change, this.cases.ofHandoff(handoffId), (truckCase, now) =>
      expireAssignment(truckCase, Number(assignmentNo), now),
    );
  }
}
