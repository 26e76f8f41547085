import { connect, ProblemError } from '@yizhan/client';
import { currentSession } from '../session/current-session.js';
import { newId } from './new-id.js';

/** The API for whoever is signed in. */
export const yizhan = connect(location.origin, () => currentSession.token());

/** The API for nobody: signing in and the claim. */
export const openYizhan = connect(location.origin);

/** Headers of a change; the same key again is the same change. */
export const keyed = (key: string = newId()): { readonly 'Idempotency-Key': string } => ({ 'Idempotency-Key': key });

const isRefused = (error: unknown): boolean => error instanceof ProblemError && error.problem.status === 401;

/** Asks, and once more after whoever works here has signed in again. */
export async function asking<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!isRefused(error)) throw error;
    currentSession.end();
    return ask();
  }
}
