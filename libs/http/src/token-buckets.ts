/** How fast something may be done: so many a second in the long run, so many at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** What somebody who has asked is told. */
export interface Taken {
  readonly isAllowed: boolean;
  /** What could still be done at once. */
  readonly remaining: number;
  /** Until as much as ever can be done again, and until one can. */
  readonly resetSeconds: number;
  readonly waitSeconds: number;
}

interface Bucket {
  left: number;
  /** When `left` was so, milliseconds of a clock that only goes forward. */
  at: number;
}

/** A bucket of tokens for each key. Only the keys that asked last are known, so that no flood of keys fills the memory. */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    private readonly rate: Rate,
    private readonly mostKeys = 10_000,
  ) {}

  /** @param now milliseconds of a clock that only goes forward */
  take(key: string, now: number): Taken {
    const { perSecond, burst } = this.rate;
    const { left, at } = this.#buckets.get(key) ?? { left: burst, at: now };
    const filled = Math.min(burst, left + ((now - at) / 1_000) * perSecond);
    const isAllowed = filled >= 1;
    const rest = isAllowed ? filled - 1 : filled;
    this.#remember(key, { left: rest, at: now });
    return {
      isAllowed,
      remaining: Math.floor(rest),
      resetSeconds: Math.ceil((burst - rest) / perSecond),
      waitSeconds: isAllowed ? 0 : Math.max(1, Math.ceil((1 - rest) / perSecond)),
    };
  }

  get size(): number {
    return this.#buckets.size;
  }

  #remember(key: string, bucket: Bucket): void {
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    const [longestSilent] = this.#buckets.keys();
    if (this.#buckets.size > this.mostKeys && longestSilent !== undefined) this.#buckets.delete(longestSilent);
  }
}
