import { connect, ProblemError, type Yizhan } from '@yizhan/client';
import { currentSession } from '../session/current-session.js';
import { newId } from './new-id.js';

/** The API for whoever is signed in. */
export const yizhan = connect(location.origin, () => currentSession.token());

/** The API for one account. @throws SessionOver, where it is not the one that is signed in. */
export const yizhanOf = (account: string): Yizhan => connect(location.origin, () => currentSession.token(account));

/** The API for nobody: signing in and the claim. */
export const openYizhan = connect(location.origin);

/** Headers of a change; the same key again is the same change. */
export const keyed = (key: string = newId()): { readonly 'Idempotency-Key': string } => ({ 'Idempotency-Key': key });

const isRefused = (error: unknown): boolean => error instanceof ProblemError && error.problem.status === 401;

/** Asks, and once more after whoever works here has signed in again. @throws SessionOver, where somebody else does instead. */
export async function asking<T>(ask: () => Promise<T>): Promise<T> {
  const account = currentSession.accountId;
  try {
    return await ask();
  } catch (error) {
    if (!isRefused(error)) throw error;
    // What was refused may be the token of who was here before.
    if (currentSession.accountId === account) currentSession.end();
    await currentSession.token(account);
    return ask();
  }
}
