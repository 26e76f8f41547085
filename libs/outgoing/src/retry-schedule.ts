const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long each attempt waits for, after the one before it has failed, milliseconds. */
export const retryDelays: readonly number[] = [
  0,
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

/** A delay is up to this part longer, so that what has failed together does not come back together. */
const jitter = 0.2;
/** Whatever an endpoint asks for with `Retry-After`. */
const longestAsked = 24 * hour;

/**
 * When the next attempt is due, epoch milliseconds; `undefined` where that was the last one.
 * @param tries attempts that have failed so far
 * @param retryAfter what the endpoint has asked for, milliseconds: never less than that
 * @param random from 0 to 1
 * @param delays before each attempt, milliseconds
 */
export function nextAttemptAt(
  tries: number,
  now: number,
  retryAfter = 0,
  random = Math.random(),
  delays = retryDelays,
): number | undefined {
  const delay = delays[tries];
  if (delay === undefined) return undefined;
  return Math.ceil(now + Math.max(delay * (1 + jitter * random), Math.min(retryAfter, longestAsked)));
}

/** Milliseconds of a `Retry-After` header in seconds or as a date (RFC 9110); `undefined` where it is neither. */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * second;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
