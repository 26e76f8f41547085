import { afterFailure, type Fortune, inOrder, isGivenUp, opensAfter } from './breaker.js';
import type { ActiveRow } from './deliveries.repository.js';

/** Deliveries that one process has in hand for one endpoint, at least and at most. */
const fewest = 16;
const most = 512;
/** Many failures at once are one write. */
const gathered = 50;

/** How an endpoint fares in this process: what it knows of it first, and the row of the subscription soon after. */
export class EndpointFortune {
  #fortune: Fortune;
  /** By `performance.now`; infinite while what this process knows is not written yet. */
  #savedAt = -Infinity;
  #sinceFailure = 0;
  /** When this process has last delivered to it, epoch milliseconds. */
  #deliveredAt = -Infinity;

  constructor(
    row: ActiveRow,
    private readonly write: (fortune: Fortune) => Promise<void>,
    private readonly warn: (error: unknown) => void,
  ) {
    this.#fortune = fortuneOf(row);
  }

  /** What other processes have found out. @param readAt when the row was asked for, by `performance.now` */
  update(row: ActiveRow, readAt: number): void {
    if (this.#savedAt >= readAt) return;
    this.#fortune = fortuneOf(row);
    const { failingSince, heldUntil } = this.#fortune;
    // Another process saw it fail before this one, which had not heard of that, delivered to it: it is in order since.
    if (failingSince !== null && failingSince < this.#deliveredAt) this.#becomes({ ...inOrder, heldUntil });
  }

  /** Until when it is left alone, epoch milliseconds. */
  get heldUntil(): number | null {
    return this.#fortune.heldUntil;
  }

  /** How many deliveries may be in hand for it. */
  get capacity(): number {
    if (this.#fortune.failures >= opensAfter) return 1;
    return this.#fortune.failures > 0 ? fewest : Math.min(most, fewest + this.#sinceFailure);
  }

  isGivenUp(now: number): boolean {
    return isGivenUp(this.#fortune, now);
  }

  succeeded(now: number): void {
    this.#sinceFailure += 1;
    this.#deliveredAt = now;
    if (this.#fortune.failures > 0 || this.#fortune.heldUntil !== null) this.#becomes(inOrder);
  }

  failed(now: number, retryAfter: number | undefined): void {
    this.#sinceFailure = 0;
    this.#becomes(afterFailure(this.#fortune, now, retryAfter));
  }

  #becomes(fortune: Fortune): void {
    this.#fortune = fortune;
    if (this.#savedAt === Infinity) return;
    this.#savedAt = Infinity;
    void this.#writeSoon();
  }

  async #writeSoon(): Promise<void> {
    await new Promise((next) => setTimeout(next, gathered));
    const fortune = this.#fortune;
    try {
      await this.write(fortune);
    } catch (error) {
      this.warn(error);
    }
    this.#savedAt = performance.now();
    if (this.#fortune !== fortune) this.#becomes(this.#fortune);
  }
}

const fortuneOf = ({ failures, failing_since, held_until }: ActiveRow): Fortune => ({
  failures,
  failingSince: failing_since,
  heldUntil: held_until,
});
