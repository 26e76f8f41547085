/**
 * New deliveries of a subscription that this process has in hand together. Until one of them is stored the batch stands for it: a
 * row that goes only once all of them are.
 */
export class Batch {
  readonly #unstored: Set<number>;

  /** @param firstNumber number of the first of them; the others follow without a gap, by position */
  constructor(
    readonly subscriptionId: string,
    readonly firstNumber: number,
    positions: readonly number[],
  ) {
    this.#unstored = new Set(positions);
  }

  /** Whether nothing of it is left once these are stored. */
  isWholeWith(positions: ReadonlySet<number>): boolean {
    for (const position of this.#unstored) if (!positions.has(position)) return false;
    return true;
  }

  /** To be told only of what the database has acknowledged. */
  stored(positions: Iterable<number>): void {
    for (const position of positions) this.#unstored.delete(position);
  }
}
