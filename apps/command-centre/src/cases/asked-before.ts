import { Problem } from '@yizhan/kernel';
import { type Transaction, violatedUnique } from '@yizhan/persistence';
import { readRequest } from './cases.sql.js';

/** A change of a case as its log keeps it. */
export interface KeptRequest {
  readonly key: string;
  readonly caller: string;
  /** As `CaseNotes.keptDigest` gives it. */
  readonly hash: string;
}

/**
 * The case that a request has changed already, where it comes again. Ask behind the lock of the case.
 * @throws Problem `REQUEST.KEY_REUSED` where the key was used for something else.
 */
export async function askedBefore(
  tx: Pick<Transaction, 'rows'>,
  { key, caller, hash }: KeptRequest,
): Promise<string | undefined> {
  const [stored] = await tx.rows<{ caseId: string; hash: string }>(readRequest, [caller, key]);
  if (!stored || stored.hash === hash) return stored?.caseId;
  throw new Problem('invalid', 'REQUEST.KEY_REUSED', `Idempotency-Key ${key} was used for another request`);
}

/** Runs a change, and once more where one with the same key has committed meanwhile: it is found then. */
export async function unlessAsked<A>(work: () => Promise<A>): Promise<A> {
  try {
    return await work();
  } catch (error) {
    if (violatedUnique(error) !== 'case_entries_once') throw error;
    return work();
  }
}
