import { sqlState } from './database.js';

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  // The socket of a server on this machine goes with the server.
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
]);
const networkMessages =
  /Connection terminated|connection error|timeout exceeded when trying to connect|Client was closed/i;

/** Whether the database cannot be reached or is going down: a reason to wait and try again. */
export function isDatabaseDown(error: unknown): boolean {
  const state = sqlState(error);
  // 08 connection exceptions, 57P operator intervention, 53 insufficient resources, 25006 read-only, 25P03 idle timeout.
  if (state && (/^(08|57P|53)/.test(state) || state === '25006' || state === '25P03' || networkCodes.has(state)))
    return true;
  return error instanceof Error && networkMessages.test(error.message);
}
