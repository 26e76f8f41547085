import type { NewEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import { given } from '../cases/given.js';
import { eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { type ArrivedVisit, judged } from '../visits/visit.js';
import { type CargoHold, withHolds } from './cargo-hold.js';

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

/** The cargo may not go on until a later check has passed; a release that was given no longer stands, nor a check that has passed. */
export function hold(
  visit: ArrivedVisit,
  reasons: readonly string[],
  now: Now,
  by: Partial<Pick<CargoHold, 'byId' | 'of' | 'lifting'>> = {},
): { readonly visit: ArrivedVisit; readonly event: NewEvent } {
  const { byId, of = 'station', lifting = 'by_check' } = by;
  const holdId = now.newId(`hold/${visit.holds.length}`);
  const held: CargoHold = { holdId, reasons, of, lifting, heldAt: now.at, ...given({ byId }) };
  const checked = visit.checked === false ? false : null;
  return {
    visit: { ...withHolds(judged(visit, 'held', now.at), [...visit.holds, held]), checked, releasedAt: null },
    event: eventOfVisit(visit, 'cargo.held', now.at, { reasons, holdId, lifting, ...given({ byId }) }),
  };
}
