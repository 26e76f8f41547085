import { Injectable } from '@nestjs/common';
import type { Transaction } from '@yizhan/persistence';
import { aboutVisit } from '../cases/about.js';
import { uuid } from '../cases/load-case.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { both, TruckCases } from '../cases/truck-cases.js';
import type { Change, Outcome } from '../changes/changes.js';
import { type ExceptionCode, raise } from './raising.js';
import { endsOf, timerOf } from './visit-ends.js';

/** A truck has waited for its driver, or at the station, for longer than the policy lets it. */
export function watchVisit(truckCase: TruckCase, wasStranded: boolean, now: Now): Decision<boolean> {
  const { visit, exceptions, place } = truckCase;
  const ends = endsOf(truckCase);
  const { noDriverAt = Infinity, strandedAt = Infinity } = ends;
  const codes: ExceptionCode[] = [
    ...(noDriverAt <= now.at ? (['no_driver'] as const) : []),
    ...(strandedAt <= now.at && !wasStranded ? (['stranded'] as const) : []),
  ];
  const raised = codes.map((code) => raise(aboutVisit(visit), exceptions, code, now, place.rules));
  const after = noDriverAt <= now.at ? { strandedAt } : ends;
  return {
    timers: [timerOf(visit.visitId, visit.state === 'arrived' ? after : {}, now.at)],
    exceptions: raised.flatMap((steps) => steps.exceptions),
    events: raised.flatMap((steps) => steps.events),
    answer: codes.length > 0,
  };
}

@Injectable()
export class WatchVisit {
  constructor(private readonly cases: TruckCases) {}

  /** What the timer `visit_watch` does: one for all that is watched of a visit. */
  fire(change: Change, visitId: string): Promise<Outcome<boolean>> {
    return this.cases.within(
      change,
      both(this.cases.ofVisit(visitId), (tx) => wasStrandedBefore(tx, visitId)),
      ([truckCase, wasStranded], now) => watchVisit(truckCase, wasStranded, now),
    );
  }
}

/** Once in a visit, also where a person has ended it. */
async function wasStrandedBefore(tx: Transaction, visitId: string): Promise<boolean> {
  return (await tx.rows(findStranded, [uuid(visitId)])).length > 0;
}

const findStranded = `
  SELECT 1 FROM station.exceptions WHERE subject = 'visit/' || ($1::uuid)::text AND code = 'stranded' LIMIT 1`;
