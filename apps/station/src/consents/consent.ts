import type { Authorisation, ConsentScope, Flow } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { given } from '../cases/given.js';

/** From the narrowest to the widest: all trucks of a carrier, those that go one way, one truck. */
export const consentScopes = ['truck', 'lane', 'standing'] as const satisfies readonly ConsentScope[];

/** A carrier’s word, given beforehand, that its trucks may be handed over in an area. Instants are epoch milliseconds. */
export interface Consent {
  readonly consentId: string;
  readonly carrierId: string;
  readonly areaCode: string;
  readonly scope: ConsentScope;
  /** Of a lane: the one station, or null for every station of the area. */
  readonly stationCode: string | null;
  /** Of a lane. */
  readonly flow: Flow | null;
  /** Of a truck. */
  readonly plate: string | null;
  /** Subject of the token of who gave it. */
  readonly givenBy: string;
  readonly givenAt: number;
  readonly validUntil: number | null;
  readonly revokedBy: string | null;
  readonly revokedAt: number | null;
}

export type Lapse = 'revoked' | 'ended' | 'not_yet';

type Ends = Pick<Consent, 'givenAt' | 'validUntil' | 'revokedAt'>;

/**
 * Why it allows nothing at that instant; undefined where it does. At its end it is over. What is recorded late is judged by
 * how things were then; else a revocation that has been recorded holds, whatever the clocks of two processes say.
 */
export function lapseOf({ givenAt, validUntil, revokedAt }: Ends, at: number, isLate = false): Lapse | undefined {
  if (revokedAt !== null && (!isLate || at >= revokedAt)) return 'revoked';
  if (validUntil !== null && at >= validUntil) return 'ended';
  return at < givenAt ? 'not_yet' : undefined;
}

/** Of those that cover a handoff the one that it uses: the narrowest, and of these the newest. */
export function consentFor(covering: readonly Consent[], at: number, isLate = false): Consent | undefined {
  const inForce = covering.filter((consent) => lapseOf(consent, at, isLate) === undefined);
  const [used] = inForce.toSorted(
    (one, other) =>
      consentScopes.indexOf(one.scope) - consentScopes.indexOf(other.scope) || other.givenAt - one.givenAt,
  );
  return used;
}

/** What a handoff records of the consent that it uses. */
export function authorisationBy({ consentId, carrierId, givenBy, givenAt }: Consent): Authorisation {
  return { carrierId, by: givenBy, at: toIso(givenAt), consentId };
}

/** A consent that would have covered a handoff, and why it does not. */
export interface LapsedConsent {
  readonly consentId: string;
  readonly scope: ConsentScope;
  readonly why: Lapse;
  readonly since?: string;
}

export function lapsedOf(covering: readonly Consent[], at: number, isLate = false): LapsedConsent[] {
  return covering.flatMap((consent) => {
    const { consentId, scope, validUntil, revokedAt } = consent;
    const why = lapseOf(consent, at, isLate);
    if (why === undefined) return [];
    const since = why === 'revoked' ? revokedAt : why === 'ended' ? validUntil : null;
    return [{ consentId, scope, why, ...given({ since: since === null ? null : toIso(since) }) }];
  });
}
