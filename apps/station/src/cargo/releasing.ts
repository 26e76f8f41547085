import type { NewEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import { eventOfVisit, type TruckCase } from '../cases/truck-case.js';
import type { ArrivedVisit } from '../visits/visit.js';

/** The cargo may go on; the caller has seen that it is releasable. */
export function release(
  visit: ArrivedVisit,
  handoffId: string,
  place: Pick<TruckCase['place'], 'policy'>,
  at: number,
): { readonly visit: ArrivedVisit; readonly event: NewEvent } {
  return {
    visit: { ...visit, releasedAt: at },
    event: eventOfVisit(visit, 'cargo.released', at, {
      handoffId,
      consignmentIds: visit.consignments.map(({ id }) => id),
      releasedAt: toIso(at),
      policy: place.policy,
    }),
  };
}

/** The cargo may not go on until a later check has passed; a release that was given no longer stands. */
export function hold(
  visit: ArrivedVisit,
  reasons: readonly string[],
  at: number,
): { readonly visit: ArrivedVisit; readonly event: NewEvent } {
  const holdReasons = [...new Set([...visit.holdReasons, ...reasons])];
  return {
    visit: { ...visit, held: true, holdReasons, releasedAt: null },
    event: eventOfVisit(visit, 'cargo.held', at, { reasons }),
  };
}
