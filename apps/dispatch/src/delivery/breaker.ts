/** Failures in a row after which an endpoint is left alone for a while. */
export const opensAfter = 5;
const shortest = 5_000;
const longest = 5 * 60_000;
const jitter = 0.2;
/** Whatever an endpoint asks for with `Retry-After` for all of its deliveries. */
const longestAsked = 60 * 60_000;
/** An endpoint that has answered nothing rightly for so long is disabled. */
export const givesUpAfter = 7 * 24 * 60 * 60_000;

/** How an endpoint has fared, over all of its deliveries. */
export interface Fortune {
  /** Failures in a row; those of messages that were under way when it was left alone are not counted. */
  readonly failures: number;
  /** Since when it has failed without a success between, epoch milliseconds. */
  readonly failingSince: number | null;
  /** Until when nothing is sent to it, epoch milliseconds; then one delivery is tried. */
  readonly heldUntil: number | null;
}

export const inOrder: Fortune = { failures: 0, failingSince: null, heldUntil: null };

/**
 * What one more failure makes of it.
 * @param retryAfter what the endpoint has asked for with 429 or 503, milliseconds
 * @param random from 0 to 1
 */
export function afterFailure(before: Fortune, now: number, retryAfter = 0, random = Math.random()): Fortune {
  const isHeld = before.heldUntil !== null && before.heldUntil > now;
  const failures = isHeld ? before.failures : before.failures + 1;
  const steps = failures - opensAfter;
  const pause =
    isHeld || steps < 0 ? 0 : Math.min(longest, shortest * 2 ** Math.min(steps, 20)) * (1 + jitter * random);
  const held = Math.max(pause, Math.min(retryAfter, longestAsked));
  return {
    failures,
    failingSince: before.failingSince ?? now,
    heldUntil: held > 0 ? Math.max(before.heldUntil ?? 0, Math.ceil(now + held)) : before.heldUntil,
  };
}

/** Whether it has failed for so long, and not only twice in it, that it is disabled. */
export const isGivenUp = ({ failures, failingSince }: Fortune, now: number): boolean =>
  failures >= opensAfter && failingSince !== null && now - failingSince >= givesUpAfter;
