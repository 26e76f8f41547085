import type { AssignmentProblem } from './assignment-problem.js';
import { ColumnHeap } from './column-heap.js';
import { give, skipped, type Matching } from './matching.js';

/**
 * Places one free row after the other by a cheapest chain of changes: a Dijkstra search over reduced costs, with arrays
 * kept between the searches.
 */
export class ShortestPaths {
  private readonly distance: Float64Array;
  /** By column reached, the row before it on the path and the cost of that edge. */
  private readonly rowBefore: Int32Array;
  private readonly costBefore: Float64Array;
  private readonly heap: ColumnHeap;
  private readonly reached: Int32Array;
  private readonly settled: Int32Array;
  private reachedCount = 0;
  private settledCount = 0;
  /** The cheapest row to be skipped that was found, and how far it is. */
  private skipDistance = 0;
  private skipRow = -1;
  /** No path longer than this can be the cheapest: the nearest end in sight. */
  private bound = 0;

  constructor(
    private readonly problem: AssignmentProblem,
    private readonly matching: Matching,
  ) {
    this.distance = new Float64Array(problem.columns).fill(Infinity);
    this.rowBefore = new Int32Array(problem.columns);
    this.costBefore = new Float64Array(problem.columns);
    this.heap = new ColumnHeap(problem.columns, this.distance, matching.rowOfColumn);
    this.reached = new Int32Array(problem.columns);
    this.settled = new Int32Array(problem.columns);
  }

  /** Places `row`, and keeps every row placed that is; one of those on the path may be skipped in its stead. */
  place(row: number): void {
    this.skipDistance = this.problem.skipCost[row];
    this.skipRow = row;
    this.bound = this.skipDistance;
    this.relax(row, 0);
    const column = this.nearestFreeColumn();
    this.price(column < 0 ? this.skipDistance : this.distance[column]);
    if (column >= 0) this.shift(row, column);
    else this.skip(row);
    this.forget();
  }

  /**
   * The free column at the end of the cheapest path, or -1 where skipping `skipRow` is cheaper. Settles the columns
   * that are nearer.
   */
  private nearestFreeColumn(): number {
    const { columnPotential, rowOfColumn, costOfRow } = this.matching;
    while (!this.heap.isEmpty) {
      const column = this.heap.takeNearest();
      const distance = this.distance[column];
      if (distance > this.skipDistance) return -1;
      const row = rowOfColumn[column];
      if (row < 0) return column;
      this.settled[this.settledCount] = column;
      this.settledCount += 1;
      const offset = distance - (costOfRow[row] - columnPotential[column]);
      const skipDistance = offset + this.problem.skipCost[row];
      if (skipDistance < this.skipDistance) {
        this.skipDistance = skipDistance;
        this.skipRow = row;
        this.bound = Math.min(this.bound, skipDistance);
      }
      this.relax(row, offset);
    }
    return -1;
  }

  private relax(row: number, offset: number): void {
    const { rowStart, column, cost } = this.problem;
    const { columnPotential, rowOfColumn } = this.matching;
    const { distance } = this;
    let { bound } = this;
    for (let edge = rowStart[row], end = rowStart[row + 1]; edge < end; edge += 1) {
      const to = column[edge];
      const through = offset + cost[edge] - columnPotential[to];
      if (through > bound || through >= distance[to]) continue;
      if (rowOfColumn[to] < 0) bound = through;
      if (distance[to] === Infinity) {
        this.reached[this.reachedCount] = to;
        this.reachedCount += 1;
      }
      distance[to] = through;
      this.rowBefore[to] = row;
      this.costBefore[to] = cost[edge];
      this.heap.raise(to);
    }
    this.bound = bound;
  }

  /**
   * Lowers the price of what is nearer than the end, so that the path becomes tight and no edge becomes cheaper than
   * free.
   */
  private price(endDistance: number): void {
    for (let index = 0; index < this.settledCount; index += 1) {
      const column = this.settled[index];
      this.matching.columnPotential[column] += this.distance[column] - endDistance;
    }
  }

  private skip(row: number): void {
    const freed = this.matching.columnOfRow[this.skipRow];
    this.matching.columnOfRow[this.skipRow] = skipped;
    if (this.skipRow !== row) this.shift(row, freed);
  }

  /** Gives `column` to the row before it on the path, that row's column to the one before, until `row` has one. */
  private shift(row: number, column: number): void {
    let given = column;
    let receiver = -1;
    while (receiver !== row) {
      receiver = this.rowBefore[given];
      const left = this.matching.columnOfRow[receiver];
      give(this.matching, receiver, given, this.costBefore[given]);
      given = left;
    }
  }

  private forget(): void {
    for (let index = 0; index < this.reachedCount; index += 1) this.distance[this.reached[index]] = Infinity;
    this.reachedCount = 0;
    this.settledCount = 0;
    this.heap.clear();
  }
}
