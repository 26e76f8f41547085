import { ProblemError } from '@yizhan/client';
import type { LoggedStep, UploadResult } from './logged-step.js';

/** The upload itself is wrong, whatever lies in it; not that it has to come again. */
const isRefused = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && [400, 403, 404, 413, 422].includes(error.problem.status);

const notLogged = new Set(['RECORD.NOT_LOGGED', 'VISIT.ARRIVAL_NOT_LOGGED']);

/** One of them takes back what the log does not have, yet or ever. */
const isNotLogged = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && notLogged.has(error.problem.code);

/**
 * Sends steps, and fewer of them where one makes the whole upload fail: alone, it is answered for itself, and keeps none of the
 * others. @throws where nothing is known of how they came out.
 */
export async function sendInParts(
  steps: readonly LoggedStep[],
  ask: (steps: readonly LoggedStep[]) => Promise<readonly UploadResult[]>,
): Promise<readonly UploadResult[]> {
  try {
    return await ask(steps);
  } catch (error) {
    if (!isRefused(error) && !isNotLogged(error)) throw error;
    const [only, ...others] = steps;
    if (others.length > 0) return await sendInParts(steps.slice(0, Math.ceil(steps.length / 2)), ask);
    const status = isNotLogged(error) ? 'not_logged' : 'refused';
    return [{ requestId: only?.requestId ?? '', status, problem: { ...error.problem } }];
  }
}
