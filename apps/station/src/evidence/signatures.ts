import type { Party, Signature } from '@yizhan/contracts';
import { Problem, toIso } from '@yizhan/kernel';
import { given } from '../cases/given.js';
import { isInFuture, statedInstant } from '../cases/instants.js';
import { conflict, invalid } from '../cases/problems.js';

export const signatureRoles = ['offgoing', 'oncoming', 'witness'] as const satisfies readonly Signature['role'][];
export const forAbsent = 'operator_for_absent';

/**
 * Three sign: who gives the truck away, who takes it, and the operator as the witness. For a truck that a station or an
 * enterprise holds the witness signs for the absent driver. @throws Problem `invalid`.
 */
export function assertSigned(signatures: readonly Signature[], from: Party, toDriverId: string): void {
  for (const role of signatureRoles) oneOf(signatures, role);
  if (signatures.length !== signatureRoles.length) {
    throw invalid('HANDOFF.SIGNATURES', `exactly three signatures are needed: ${signatureRoles.join(', ')}`);
  }
  for (const signature of signatures) assertMaySign(signature, signatures, from, toDriverId);
}

/** Whether this person signs in this role, beside the others who have signed. @throws Problem `invalid`. */
export function assertMaySign(
  signature: Signature,
  others: readonly Signature[],
  from: Party,
  toDriverId: string,
): void {
  const { role, personId, method } = signature;
  if (role === 'oncoming' && (personId !== toDriverId || method === forAbsent)) throw wrongPerson(role, toDriverId);
  if (role === 'offgoing' && from.kind === 'driver' && (personId !== from.id || method === forAbsent))
    throw wrongPerson(role, from.id);
  if (role === 'witness' && personId === toDriverId)
    throw invalid('HANDOFF.SIGNATURES', 'the on-coming driver can not be the witness', { role });
  if (role === 'witness' && from.kind === 'driver' && personId === from.id)
    throw invalid('HANDOFF.SIGNATURES', 'the off-going driver can not be the witness', { role });
  if (from.kind !== 'driver') assertForAbsent(signature, others, from);
}

function assertForAbsent({ role, personId, method }: Signature, others: readonly Signature[], from: Party): void {
  if (role === 'oncoming') return;
  const expected = others.find((other) => other.role === (role === 'witness' ? 'offgoing' : 'witness'))?.personId;
  const isTheirs = expected === undefined || expected === personId;
  if (isTheirs && (role === 'witness' || method === forAbsent)) return;
  throw invalid(
    'HANDOFF.SIGNATURES',
    `the truck is with ${from.kind} ${from.id}: the witness signs as off-going too, by ${forAbsent}`,
    { role, ...given({ expected }) },
  );
}

/** Whether the witness is the one who completes. @throws Problem `forbidden`. */
export function assertWitness(signatures: readonly Signature[], expected: string): void {
  if (signatures.some(({ role, personId }) => role === 'witness' && personId === expected)) return;
  const message = 'the witness is who completes the handoff: sign as the witness yourself';
  throw new Problem('forbidden', 'SIGNATURE.WITNESS_IS_ANOTHER', message, { expected });
}

/** Whose signatures are still to come. */
export function missingRoles(signatures: readonly Signature[]): Signature['role'][] {
  return signatureRoles.filter((role) => !signatures.some((signature) => signature.role === role));
}

/**
 * With one more. Nobody signs twice; another operator may come to witness instead, who then signs for an absent driver anew
 * too. @throws Problem `conflict`.
 */
export function withSignature(before: readonly Signature[], signature: Signature): readonly Signature[] {
  const { role, personId } = signature;
  const earlier = before.find((other) => other.role === role);
  if (earlier && (earlier.personId === personId || !isOfOperator(earlier))) {
    throw conflict('HANDOFF.ALREADY_SIGNED', `${earlier.personId} has signed as ${role} already`, {
      role,
      personId: earlier.personId,
    });
  }
  const kept = before.filter((other) => !isOfOperator(other) || other.personId === personId);
  return [...(isOfOperator(signature) ? kept : before), signature];
}

/**
 * With those that a completion brings along. Who has signed for himself need not be named again; another witness stands in
 * for the one before. What does not fit is kept, for `assertSigned` to refuse.
 */
export function withThose(before: readonly Signature[], brought: readonly Signature[]): readonly Signature[] {
  const witness = brought.find(({ role }) => role === 'witness')?.personId;
  const kept = before.filter((other) => !isOfOperator(other) || witness === undefined || other.personId === witness);
  const isThere = ({ role, personId }: Signature) =>
    kept.some((other) => other.role === role && other.personId === personId);
  return [...kept, ...brought.filter((signature) => !isThere(signature))];
}

const isOfOperator = ({ role, method }: Signature): boolean => role === 'witness' || method === forAbsent;

/** Who signs early has his papers in hand before both drivers are in the bay. */
const earliestBeforeStart = 10 * 60_000;

/** Nobody signs in the future, or long before there was something to sign. @throws Problem `invalid`. */
export function assertSignedInTime(signatures: readonly Signature[], startedAt: number, now: number): void {
  for (const { role, signedAt } of signatures) {
    const instant = statedInstant(signedAt);
    if (isInFuture(instant, now)) {
      throw invalid('HANDOFF.SIGNED_IN_FUTURE', `the signature of ${role} has a time that is still to come`, { role });
    }
    if (instant < startedAt - earliestBeforeStart) {
      const message = `the signature of ${role} is more than 10 minutes older than the start of the handoff`;
      throw invalid('HANDOFF.SIGNED_TOO_EARLY', message, { role, startedAt: toIso(startedAt) });
    }
  }
}

function oneOf(signatures: readonly Signature[], role: Signature['role']): Signature {
  const found = signatures.find((signature) => signature.role === role);
  if (!found) throw invalid('HANDOFF.SIGNATURES', `the signature of ${role} is missing`, { role });
  return found;
}

function wrongPerson(role: Signature['role'], expected: string) {
  return invalid('HANDOFF.SIGNATURES', `${role} must be signed by ${expected} himself`, { role, expected });
}
