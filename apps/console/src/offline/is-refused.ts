import { ProblemError } from '@yizhan/client';

/**
 * Whether an answer says for certain that a step was not done and never will be as it is. Who has to sign in (401) has not been
 * heard yet: his step waits for that.
 */
export const isRefused = (error: unknown): error is ProblemError =>
  error instanceof ProblemError &&
  error.problem.status >= 400 &&
  error.problem.status < 500 &&
  error.problem.status !== 401 &&
  error.problem.status !== 429 &&
  error.problem.code !== 'REQUEST.UNDER_WAY';
