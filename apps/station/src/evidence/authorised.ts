import type { Authorisation } from '@yizhan/contracts';
import type { Problem } from '@yizhan/kernel';
import { isInFuture, statedInstant } from '../cases/instants.js';
import { conflict, invalid } from '../cases/problems.js';
import type { Now, TruckCase } from '../cases/truck-case.js';
import { authorisationBy, type Consent, consentFor, lapsedOf } from '../consents/consent.js';

/** What the carrier has agreed to. @throws Problem where nobody has, it is to come, or the truck is another carrier's. */
export function authorised(
  { visit, truck }: Pick<TruckCase, 'visit' | 'truck'>,
  authorisation: Authorisation | undefined,
  now: number,
): Authorisation {
  if (!authorisation?.by || !authorisation.at) throw notAuthorised();
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

/**
 * What the carrier has agreed to: its word on this handoff, or else what it has agreed to beforehand.
 * @throws Problem as `authorised`; it says which consents would have covered the handoff and are over.
 */
export function authorisedBeforehand(
  truckCase: Pick<TruckCase, 'visit' | 'truck'>,
  word: Authorisation | undefined,
  consents: readonly Consent[],
  { at, late }: Pick<Now, 'at' | 'late'>,
): Authorisation {
  if (word) return authorised(truckCase, word, at);
  const isLate = late !== undefined;
  const consent = consentFor(consents, at, isLate);
  if (consent) return authorised(truckCase, authorisationBy(consent), at);
  const lapsed = lapsedOf(consents, at, isLate);
  throw notAuthorised(lapsed.length > 0 ? { lapsedConsents: lapsed } : {});
}

function notAuthorised(details: Readonly<Record<string, unknown>> = {}): Problem {
  return invalid('HANDOFF.NOT_AUTHORISED', 'somebody of the carrier must have agreed to the handoff', details);
}
