import type { TimeOfDay } from '../policy-rules.js';

const dayMillis = 86_400_000;

/** A stretch of every local day, such as 22:00 to 06:00; it may run over midnight. */
export interface DailyWindow {
  /** Milliseconds from UTC midnight to the start of the window, of any day. */
  readonly startsAt: number;
  readonly lengthMillis: number;
}

/**
 * The window `from` (included) to `to` (excluded) in a time zone that is `utcOffsetMinutes` ahead of UTC. Equal ends
 * are an empty window.
 */
export function dailyWindow(from: TimeOfDay, to: TimeOfDay, utcOffsetMinutes: number): DailyWindow {
  const start = minutesOf(from);
  return {
    startsAt: (start - utcOffsetMinutes) * 60_000,
    lengthMillis: positiveModulo(minutesOf(to) - start, 1440) * 60_000,
  };
}

/** How much of the time from `from` to `to` (epoch milliseconds) lies in the window. O(1) however long. */
export function millisWithin(window: DailyWindow, from: number, to: number): number {
  return millisUntil(window, to) - millisUntil(window, from);
}

/**
 * The earliest start from `notBefore` at which `durationMillis` has at most `budgetMillis` in the window (epoch
 * milliseconds); absent where no start of any day does. Walks the four bends of one day.
 */
export function earliestStartWithin(
  window: DailyWindow,
  durationMillis: number,
  budgetMillis: number,
  notBefore: number,
): number | undefined {
  if (budgetMillis < 0) return undefined;
  let start = notBefore;
  while (start <= notBefore + dayMillis) {
    const excess = millisWithin(window, start, start + durationMillis) - budgetMillis;
    if (excess <= 0) return start;
    const bend = Math.min(millisToBend(window, start), millisToBend(window, start + durationMillis));
    const falls = isWithin(window, start) && !isWithin(window, start + durationMillis);
    if (falls && excess <= bend) return start + excess;
    start += bend;
  }
  return undefined;
}

function millisUntil(window: DailyWindow, at: number): number {
  const days = Math.floor((at - window.startsAt) / dayMillis);
  return days * window.lengthMillis + Math.min(sinceStart(window, at), window.lengthMillis);
}

function millisToBend(window: DailyWindow, at: number): number {
  return (isWithin(window, at) ? window.lengthMillis : dayMillis) - sinceStart(window, at);
}

function isWithin(window: DailyWindow, at: number): boolean {
  return sinceStart(window, at) < window.lengthMillis;
}

function sinceStart(window: DailyWindow, at: number): number {
  return positiveModulo(at - window.startsAt, dayMillis);
}

function minutesOf(time: TimeOfDay): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function positiveModulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
