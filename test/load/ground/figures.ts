/** The value that a share of all values does not exceed (nearest rank). @param share such as 0.99 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('no values: nothing was measured');
  return value;
}

export interface RatioFigures {
  /** The peer is 1; less is better. */
  readonly median: number;
  readonly worst: number;
  readonly rounds: readonly number[];
  readonly goal: number;
  /** Whether the median reaches the goal. */
  readonly met: boolean;
}

/** Compares product and peer, round by round: the n-th of one ran next to the n-th of the other. */
export function ratioOf(product: readonly number[], peer: readonly number[], goal: number): RatioFigures {
  const rounds = product.map((value, round) => rounded(value / (peer[round] ?? Number.NaN)));
  const median = percentile(rounds, 0.5);
  return { median, worst: Math.max(...rounds), rounds, goal, met: median <= goal };
}

export interface Spread {
  readonly median: number;
  readonly worst: number;
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: rounded(percentile(values, 0.5)), worst: rounded(Math.max(...values)) };
}

/** Four figures that count. */
export const rounded = (value: number): number => Number(value.toPrecision(4));

/** One result: a line of JSON on stdout. */
export function printResult(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** What is going on, for whoever waits: on stderr. */
export function tell(line: string): void {
  process.stderr.write(`bench: ${line}\n`);
}

/** A fault that the product waits out: the round that it fell into shows it. */
export function tellFault(where: string, error: unknown): void {
  tell(`${where}: ${error instanceof Error ? error.message : String(error)}`);
}
