import { createClient, createConfig } from './generated/client/index.js';
import { type Problem, Yizhan } from './generated/index.js';

/** A request that was refused, and why. */
export class ProblemError extends Error {
  constructor(
    /** RFC 9457; its `code` is stable. */
    readonly problem: Problem,
    /** Such as `POST http://127.0.0.1:7700/api/v1/visits`. */
    readonly asked: string,
  ) {
    super(`${asked}: ${problem.code}: ${problem.detail}`);
    this.name = 'ProblemError';
  }
}

/** The API at an address, for who has this token; nobody without one. A call gives the body of the answer. @throws ProblemError. */
export function connect(baseUrl: string, token?: string | (() => string | Promise<string>)): Yizhan {
  const client = createClient(
    createConfig({ baseUrl, throwOnError: true, ...(token !== undefined && { auth: token }) }),
  );
  client.interceptors.error.use((error, _response, { method, url }) =>
    isProblem(error) ? new ProblemError(error, `${method} ${url}`) : error,
  );
  return new Yizhan({ client });
}

/** Whether an answer is a problem (RFC 9457). */
export const isProblem = (error: unknown): error is Problem =>
  typeof error === 'object' && error !== null && 'code' in error && 'detail' in error;
