import type { Party, Signature } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { isInFuture, statedInstant } from '../cases/instants.js';
import { invalid } from '../cases/problems.js';

const roles = ['offgoing', 'oncoming', 'witness'] as const;
const forAbsent = 'operator_for_absent';

/**
 * Three sign: who gives the truck away, who takes it, and the operator as the witness. For a truck that a station or an
 * enterprise holds the witness signs for the absent driver. @throws Problem `invalid`.
 */
export function assertSigned(signatures: readonly Signature[], from: Party, toDriverId: string): void {
  const [offgoing, oncoming, witness] = roles.map((role) => oneOf(signatures, role));
  if (signatures.length !== roles.length) {
    throw invalid('HANDOFF.SIGNATURES', `exactly three signatures are needed: ${roles.join(', ')}`);
  }
  if (oncoming.personId !== toDriverId) throw wrongPerson('oncoming', toDriverId);
  if (witness.personId === oncoming.personId)
    throw invalid('HANDOFF.SIGNATURES', 'the on-coming driver can not be the witness', { role: 'witness' });
  if (from.kind === 'driver') {
    if (offgoing.personId !== from.id || offgoing.method === forAbsent) throw wrongPerson('offgoing', from.id);
    if (witness.personId === from.id)
      throw invalid('HANDOFF.SIGNATURES', 'the off-going driver can not be the witness', { role: 'witness' });
    return;
  }
  if (offgoing.method !== forAbsent || offgoing.personId !== witness.personId) {
    throw invalid(
      'HANDOFF.SIGNATURES',
      `the truck is with ${from.kind} ${from.id}: the witness signs as off-going too, by ${forAbsent}`,
      { role: 'offgoing', expected: witness.personId },
    );
  }
}

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
