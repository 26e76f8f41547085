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

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** Epoch milliseconds of an RFC 3339 instant with a zone, or `undefined` where the text is none. */
export function parseInstant(text: string): number | undefined {
  if (!rfc3339.test(text)) return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}
