import type { Authorisation } from '@yizhan/contracts';
import { isInFuture, statedInstant } from '../cases/instants.js';
import { conflict, invalid } from '../cases/problems.js';
import type { TruckCase } from '../cases/truck-case.js';

/** What the carrier has agreed to. @throws Problem where nobody has, it is to come, or the truck is another carrier's. */
export function authorised(
  { visit, truck }: Pick<TruckCase, 'visit' | 'truck'>,
  authorisation: Authorisation | undefined,
  now: number,
): Authorisation {
  if (!authorisation?.by || !authorisation.at)
    throw invalid('HANDOFF.NOT_AUTHORISED', 'somebody of the carrier must have agreed to the handoff');
  const { at, carrierId } = authorisation;
  if (isInFuture(statedInstant(at), now)) {
    throw invalid('HANDOFF.AUTHORISED_IN_FUTURE', 'the carrier has agreed at a time that is still to come');
  }
  const owner = visit.carrierId ?? truck.carrierId;
  if (carrierId === undefined || owner === null || carrierId === owner) return authorisation;
  throw conflict('HANDOFF.NOT_AUTHORISED', `the truck belongs to carrier ${owner}, not to ${carrierId}`, {
    carrierId: owner,
  });
}
