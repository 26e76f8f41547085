import { AssignmentProblemError } from '../assignment-problem-error.js';
import type { Side } from './side.js';

/** Looks at what a live assignment is told before anything changes. */
export class LiveInput {
  /** The largest cost that was ever accepted, without its sign. */
  private largest = 0;
  /** By node, the list in which it was seen last: finds what stands in a list twice. */
  private seen = new Int32Array(0);
  private lists = 0;

  constructor(
    private readonly rows: Side,
    private readonly columns: Side,
  ) {}

  /** Throws `AssignmentProblemError` unless there is this row. */
  assertRow(row: number): void {
    if (!this.rows.has(row)) throw new AssignmentProblemError(`There is no row ${row}.`, row);
  }

  /** Throws `AssignmentProblemError` unless there is this column. */
  assertColumn(column: number): void {
    if (!this.columns.has(column)) throw new AssignmentProblemError(`There is no column ${column}.`);
  }

  /** Throws `AssignmentProblemError` unless these are edges to different nodes of `other` that are there. */
  assertEdges(other: Side, to: ArrayLike<number>, cost: ArrayLike<number>): void {
    if (to.length !== cost.length)
      throw new AssignmentProblemError(`There are ${to.length} ends of edges and ${cost.length} costs.`);
    if (this.seen.length < other.end) this.seen = new Int32Array(other.end).fill(this.lists);
    this.lists = (this.lists + 1) | 0;
    for (let index = 0; index < to.length; index += 1) {
      if (other === this.columns) this.assertColumn(to[index]);
      else this.assertRow(to[index]);
      if (this.seen[to[index]] === this.lists)
        throw new AssignmentProblemError(`Two edges go to ${to[index]}.`, undefined, index);
      this.seen[to[index]] = this.lists;
    }
  }

  /** Throws `AssignmentProblemError` unless `costs` and `more` are safe integers that can be added exactly with `rows` rows. */
  acceptCosts(costs: ArrayLike<number>, rows: number, more: ArrayLike<number> = []): void {
    const largest = Math.max(this.largest, largestOf(costs), largestOf(more));
    const limit = Math.floor(Number.MAX_SAFE_INTEGER / (2 * rows + 2));
    if (largest > limit)
      throw new AssignmentProblemError(
        `A cost of ${largest} is too large to be added exactly: at most ${limit} with ${rows} rows.`,
      );
    this.largest = largest;
  }
}

/** The largest of these costs, without its sign. */
function largestOf(costs: ArrayLike<number>): number {
  let largest = 0;
  for (let index = 0; index < costs.length; index += 1) {
    if (!Number.isSafeInteger(costs[index]))
      throw new AssignmentProblemError(`A cost must be a safe integer, not ${costs[index]}.`);
    largest = Math.max(largest, Math.abs(costs[index]));
  }
  return largest;
}
