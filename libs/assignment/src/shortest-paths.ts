import type { CanonicalProblem } from './canonical-problem.js';
import { type Matching, shift, skip, type Way } from './matching.js';
import { NodeHeap } from './node-heap.js';

/** Of how many rows nothing is concluded yet. */
const fewRows = 50;

/**
 * Places one free row after the other by a cheapest chain of changes: a Dijkstra search over reduced costs, with arrays
 * kept between the searches. It never looks further than the nearest end in sight: a free column that was reached, or a
 * row on the way that could be skipped.
 */
export class ShortestPaths implements Way {
  /** By column that has a row and was reached, how far it is; `Infinity` for the rest. */
  private readonly distance: Float64Array;
  /** By column reached, the row before it on the path and the cost of that edge. */
  readonly rowBefore: Int32Array;
  readonly costBefore: Float64Array;
  /** By row whose further edges wait in the heap, how far the row is. */
  private readonly offsetOfRow: Float64Array;
  private readonly heap: NodeHeap;
  private rowsSeen = 0;
  private rowsSeenFar = 0;
  private readonly reached: Int32Array;
  private readonly settled: Int32Array;
  /** Columns as near as the one that was settled last: with many ties most are, and need no heap. */
  private readonly near: Int32Array;
  private reachedCount = 0;
  private settledCount = 0;
  private nearCount = 0;
  /** The nearest end in sight: the free column `freeEnd` or, where that is -1, to skip `skipRow`. */
  private bound = 0;
  private freeEnd = -1;
  private skipRow = -1;

  constructor(
    private readonly problem: CanonicalProblem,
    private readonly matching: Matching,
  ) {
    this.offsetOfRow = new Float64Array(problem.rows);
    this.distance = new Float64Array(problem.columns).fill(Infinity);
    this.rowBefore = new Int32Array(problem.columns);
    this.costBefore = new Float64Array(problem.columns);
    this.heap = new NodeHeap(problem.columns + problem.rows);
    this.reached = new Int32Array(problem.columns);
    this.settled = new Int32Array(problem.columns);
    this.near = new Int32Array(problem.columns);
  }

  /** Whether most rows were looked at as a whole. */
  get looksFar(): boolean {
    return this.rowsSeenFar > fewRows && this.rowsSeenFar > this.rowsSeen / 2;
  }

  /** Places `row`, and keeps every row placed that is; one of those on the path may be skipped in its stead. */
  place(row: number): void {
    this.bound = this.problem.skipCost[row];
    this.freeEnd = -1;
    this.skipRow = row;
    this.relax(row, 0, -Infinity);
    this.settle();
    this.price();
    if (this.freeEnd >= 0) shift(this.matching, this, row, this.freeEnd);
    else skip(this.matching, this, row, this.skipRow);
    this.forget();
  }

  /** Settles, nearest first, what is nearer than the nearest end in sight. */
  private settle(): void {
    const { columnPotential, rowOfColumn, costOfRow } = this.matching;
    for (;;) {
      let column: number;
      if (this.nearCount > 0) column = this.near[(this.nearCount -= 1)];
      else if (this.heap.leastDistance < this.bound) column = this.heap.takeNearest();
      else return;
      if (column >= this.problem.columns) {
        this.relaxFar(column - this.problem.columns);
        continue;
      }
      const distance = this.distance[column];
      if (distance >= this.bound) return;
      this.settled[this.settledCount] = column;
      this.settledCount += 1;
      const row = rowOfColumn[column];
      this.relax(row, distance - (costOfRow[row] - columnPotential[column]), distance);
    }
  }

  /** Looks along the near edges of `row`, and leaves the others for when the search is as far; `at` is how far it is. */
  private relax(row: number, offset: number, at: number): void {
    const { rowStart, column, cost, limit } = this.problem.near;
    const { columnPotential } = this.matching;
    const { distance } = this;
    this.rowsSeen += 1;
    let { bound } = this;
    for (let edge = rowStart[row], end = rowStart[row + 1]; edge < end && bound > at; edge += 1) {
      // No price is above 0: most edges that lead too far need no look at theirs.
      const unpriced = offset + cost[edge];
      if (unpriced > bound) continue;
      const to = column[edge];
      const through = unpriced - columnPotential[to];
      if (through <= bound && through < distance[to]) bound = this.reach(to, row, cost[edge], through, at);
    }
    const further = offset + limit[row];
    if (further >= bound) return;
    this.offsetOfRow[row] = offset;
    this.heap.raise(this.problem.columns + row, further);
  }

  /** Looks along the edges of `row` that are not near. */
  private relaxFar(row: number): void {
    const { rowStart, column, cost } = this.problem;
    const { columnPotential } = this.matching;
    const { distance } = this;
    this.rowsSeenFar += 1;
    const limit = this.problem.near.limit[row];
    const offset = this.offsetOfRow[row];
    let { bound } = this;
    for (let edge = rowStart[row], end = rowStart[row + 1]; edge < end; edge += 1) {
      const unpriced = offset + cost[edge];
      if (unpriced > bound || cost[edge] <= limit) continue;
      const to = column[edge];
      const through = unpriced - columnPotential[to];
      if (through <= bound && through < distance[to]) bound = this.reach(to, row, cost[edge], through, -Infinity);
    }
  }

  /** Notes that `column` is as near as `through` by an edge of `row`, and returns how far the nearest end then is. */
  // oxlint-disable-next-line max-params
  private reach(column: number, row: number, cost: number, through: number, at: number): number {
    const { rowOfColumn, costOfRow, columnPotential } = this.matching;
    const owner = rowOfColumn[column];
    if (owner < 0) {
      // Of ends that are equally near, a column is better than a skip.
      if (through === this.bound && this.freeEnd >= 0) return through;
      this.freeEnd = column;
      this.bound = through;
    } else if (through === this.bound) return through;
    this.rowBefore[column] = row;
    this.costBefore[column] = cost;
    if (owner < 0) return through;
    const asSkip = through - (costOfRow[owner] - columnPotential[column]) + this.problem.skipCost[owner];
    if (asSkip < this.bound) {
      this.bound = asSkip;
      this.freeEnd = -1;
      this.skipRow = owner;
    }
    this.queue(column, through, at);
    return this.bound;
  }

  private queue(column: number, distance: number, at: number): void {
    const isNew = this.distance[column] === Infinity;
    this.distance[column] = distance;
    if (isNew) {
      this.reached[this.reachedCount] = column;
      this.reachedCount += 1;
    }
    if (isNew && distance === at) {
      this.near[this.nearCount] = column;
      this.nearCount += 1;
    } else this.heap.raise(column, distance);
  }

  /**
   * Lowers the price of what is nearer than the end, so that the path becomes tight and no edge becomes cheaper than
   * free.
   */
  private price(): void {
    for (let index = 0; index < this.settledCount; index += 1) {
      const column = this.settled[index];
      this.matching.columnPotential[column] += this.distance[column] - this.bound;
    }
  }

  private forget(): void {
    for (let index = 0; index < this.reachedCount; index += 1) this.distance[this.reached[index]] = Infinity;
    this.reachedCount = 0;
    this.settledCount = 0;
    this.nearCount = 0;
    this.heap.clear();
  }
}
