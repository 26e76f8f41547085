import type { Signature } from '@yizhan/contracts';
import type { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { given } from '../cases/given.js';
import { invalid } from '../cases/problems.js';
import { forAbsent } from './signatures.js';

/** How somebody may say that a person signs; what a caller says of himself needs no word. */
export const statedMethods = ['pin', 'paper', forAbsent] as const;

export interface StatedSigner {
  readonly role: Signature['role'];
  readonly personId?: string;
  readonly method?: (typeof statedMethods)[number];
  /** Of the person who signs, typed by himself on the operator's tablet. */
  readonly pin?: string;
}

/** Who signs, how it is known, and the PIN that is to prove it. */
export type Signer = Pick<Signature, 'role' | 'personId' | 'method'> & { readonly pin?: string };

/**
 * Who signs in one request: a driver with his link, or signed in himself; an operator as the witness with his, or for an absent driver; or
 * somebody on the operator's tablet, by his PIN or by hand. @throws Problem.
 */
export function signerOf(caller: Caller, { role, personId, method, pin }: StatedSigner): Signer {
  if (caller.role === 'driver') return byHimself(caller, role, { personId, method, pin });
  if (role === 'witness') {
    requireWitness(caller, personId ?? caller.subject);
    if (method !== undefined || pin !== undefined) throw notNeeded(role);
    return { role, personId: caller.subject, method: 'token' };
  }
  if (method === forAbsent) {
    requireWitness(caller, personId ?? caller.subject);
    return { role, personId: caller.subject, method };
  }
  if (personId === undefined)
    throw invalid('SIGNATURE.NOBODY', `say who signs as ${role}, and how`, { field: 'personId' });
  return { role, personId, ...provenBy(method, pin) };
}

/**
 * What a completion over HTTP may claim of a signature that it brings along: by hand, for which the witness vouches; by a
 * PIN that comes with it; for an absent driver; and the witness's own, who is the caller. @throws Problem otherwise.
 */
export function claimedSigner(caller: Caller, { role, personId, method, pin }: Signer): Signer {
  if (role === 'witness') {
    requireWitness(caller, personId);
    const expected = personId === caller.subject ? 'token' : 'paper';
    if (method !== expected) throw notVerified(role, method, expected);
    return { role, personId, method };
  }
  if (method === forAbsent) {
    requireWitness(caller, personId);
    return { role, personId, method };
  }
  if (method === 'pin' || method === 'paper') return { role, personId, ...provenBy(method, pin) };
  throw notVerified(role, method, 'pin or paper, or by himself before');
}

function byHimself(caller: Caller, role: Signature['role'], stated: Omit<StatedSigner, 'role'>): Signer {
  const personId = caller.driverId ?? '';
  if (role === 'witness')
    throw new Problem('forbidden', 'SIGNATURE.NOT_A_WITNESS', 'an operator of the station is the witness');
  caller.requireSelf(stated.personId ?? personId);
  if (stated.method !== undefined || stated.pin !== undefined) throw notNeeded(role);
  return { role, personId, method: caller.isLink ? 'link' : 'token' };
}

function provenBy(method: string | undefined, pin: string | undefined): Pick<Signer, 'method' | 'pin'> {
  const isByPin = method === 'pin' || (method === undefined && pin !== undefined);
  if (isByPin && pin !== undefined) return { method: 'pin', pin };
  if (method === 'paper' && pin === undefined) return { method };
  const message = 'a signature on the operator’s tablet is proven by the PIN of who signs, or was made on paper';
  throw invalid('SIGNATURE.NOT_PROVEN', message, { ...given({ method }), field: 'pin' });
}

/** Operators witness what they see themselves; an administrator may complete what another one has seen. */
function requireWitness(caller: Caller, personId: string): void {
  if (caller.role === 'administrator' || personId === caller.subject) return;
  throw new Problem('forbidden', 'SIGNATURE.WITNESS_IS_ANOTHER', 'the witness is the one who asks, under his own id', {
    expected: caller.subject,
  });
}

function notNeeded(role: string): Problem {
  return invalid('SIGNATURE.BY_OWN_TOKEN', `who signs as ${role} with his own token sends no method and no PIN`);
}

function notVerified(role: string, method: string, instead: string): Problem {
  const message = `nothing proves that ${role} has signed by ${method}: say ${instead}`;
  return new Problem('forbidden', 'SIGNATURE.NOT_VERIFIED', message, { role, method });
}
