/** Longest duration that is told apart from longer ones: 30 days in milliseconds. */
const longest = 30 * 24 * 3_600_000;

/**
 * Lower bounds of the buckets, in whole milliseconds. The last value of a bucket is at most 2.9 % more than its first, so its
 * middle is within 1.5 % of each. Made by whole numbers alone: every machine has the same bounds.
 */
const bounds: readonly number[] = (() => {
  const all = [0];
  for (let next = 1; next <= longest; next = Math.floor((next * 1029) / 1000) + 1) all.push(next);
  return all;
})();

/** The bucket of a duration in milliseconds; one below zero counts as none. */
export function bucketOf(milliseconds: number): number {
  let low = 0;
  let high = bounds.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((bounds[middle] ?? 0) <= milliseconds) low = middle;
    else high = middle;
  }
  return low;
}

/** What a bucket stands for: its middle, in milliseconds. */
export function middleOf(bucket: number): number {
  const first = bounds[bucket];
  if (first === undefined) throw new Error(`there is no bucket ${bucket}`);
  const after = bounds[bucket + 1] ?? first + 1;
  return (first + after - 1) / 2;
}

/** How many durations lie in each bucket. Adding two histograms gives that of all durations together, in whatever order. */
export class Histogram {
  readonly #counts = new Map<number, number>();
  #total = 0;

  add(bucket: number, count = 1): void {
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count);
    this.#total += count;
  }

  get total(): number {
    return this.#total;
  }

  /**
   * The duration in milliseconds that `percent` of all do not exceed (nearest rank), within 1.5 % of the exact one.
   * @throws where there is none.
   */
  percentile(percent: number): number {
    const rank = Math.max(1, Math.ceil((percent * this.#total) / 100));
    let seen = 0;
    for (const [bucket, count] of [...this.#counts].toSorted(([a], [b]) => a - b)) {
      seen += count;
      if (seen >= rank) return middleOf(bucket);
    }
    throw new Error('an empty histogram has no percentiles');
  }
}
