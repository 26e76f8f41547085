import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { conflict, notFound, notNow } from '../cases/problems.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { both, TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { isInBay } from '../handoffs/handoff.js';
import { assertNotCalledForAnother, type BayInTheWay, loadCalledBay } from './load-called-bay.js';
import { visitAfter } from './visit.js';

export interface CallVisitInput {
  readonly visitId: string;
  readonly bayCode?: string;
}

/** The truck is called in from outside, or to a bay that is free; again where it did not hear it. */
export function callVisit(
  truckCase: TruckCase,
  bay: BayInTheWay | undefined,
  { bayCode }: CallVisitInput,
  { at }: Now,
): Decision<CaseAnswer> {
  const { visit, handoff, place } = truckCase;
  visitAfter(visit, 'call');
  if (isInBay(handoff))
    throw notNow(truckCase, 'VISIT.IN_A_BAY', 'the swap has begun: there is nothing to call it for');
  if (bayCode !== undefined) assertFree(place, bay, bayCode);
  const after = { ...visit, calledAt: at, calledBayCode: bayCode ?? null };
  return {
    visit: after,
    events: [eventOfVisit(visit, 'visit.called', at, { ...given({ bayCode }), calledAt: toIso(at) })],
    answer: answerOf({ visit: after, handoff }),
  };
}

function assertFree({ stationCode, bays }: TruckCase['place'], bay: BayInTheWay | undefined, bayCode: string): void {
  if (!bay) throw notFound('BAY.NOT_FOUND', `station ${stationCode} has no bay ${bayCode}`, { bays });
  if (bay.occupiedBy !== null) {
    throw conflict('BAY.OCCUPIED', `a handoff is under way in bay ${bayCode}`, { bayCode, handoffId: bay.occupiedBy });
  }
  assertNotCalledForAnother(bayCode, bay.calledFor);
}

@Injectable()
export class CallVisit {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: CallVisitInput): Promise<CaseAnswer> {
    const { visitId, bayCode } = input;
    const bay = async (tx: Transaction) => (bayCode === undefined ? undefined : loadCalledBay(tx, visitId, bayCode));
    return this.cases.change(request, both(this.cases.ofVisit(visitId), bay), ([truckCase, inTheWay], now) =>
      callVisit(truckCase, inTheWay, input, now),
    );
  }
}
