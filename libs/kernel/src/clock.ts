/** The only source of "now" in decisions. Instants are epoch milliseconds everywhere inside the product. */
export abstract class Clock {
  /** The current instant, in epoch milliseconds. */
  abstract now(): number;
}

/** Wall-clock time of this machine. */
export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}

/** Stands still until it is moved: tests, and replay at full speed. Never goes back. */
export class ManualClock extends Clock {
  #now: number;

  constructor(start: number) {
    super();
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** @throws RangeError when `instant` lies before the present. */
  moveTo(instant: number): void {
    if (instant < this.#now) {
      throw new RangeError(`the clock stands at ${toIso(this.#now)} and cannot go back to ${toIso(instant)}`);
    }
    this.#now = instant;
  }
}

/** Runs `speed` times as fast as the wall clock, from `start` on: replay and drills. */
export class AcceleratedClock extends Clock {
  readonly #startedAt = Date.now();

  constructor(
    private readonly start: number,
    readonly speed: number,
  ) {
    super();
  }

  now(): number {
    return Math.floor(this.start + (Date.now() - this.#startedAt) * this.speed);
  }
}

/** RFC 3339, UTC, milliseconds: `2016-10-19T06:52:56.000Z`. */
export function toIso(instant: number): string {
  return new Date(instant).toISOString();
}

/**
 * RFC 3339 with a zone, in capital letters and without leap seconds, of the years 1 to 9999 in UTC. Whether the day is in its month is
 * not said by it.
 */
export const instantPattern =
  /^(?!0000|0001-01-01T.*\+|9999-12-31T.*-)\d{4}-(?:0[1-9]|1[0-2])-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Epoch milliseconds of an RFC 3339 instant with a zone, or `undefined` where the text is none. */
export function parseInstant(text: string): number | undefined {
  if (!instantPattern.test(text) || !isDayOfMonth(text)) return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}

/** `Date` reads the thirtieth of February as the second of March. */
function isDayOfMonth(text: string): boolean {
  const day = Number(text.slice(8, 10));
  if (day <= 28) return true;
  const read = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return read.getUTCDate() === day;
}
