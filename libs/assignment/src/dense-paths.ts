import type { CanonicalProblem } from './canonical-problem.js';
import { type Matching, shift, skip, type Way } from './matching.js';

/**
 * What `ShortestPaths` does, for a problem in which every row has an edge to every column: nearly all columns are reached
 * at once, so the nearest is looked for in the same pass that looks along the edges, without a heap.
 */
export class DensePaths implements Way {
  readonly rowBefore: Int32Array;
  readonly costBefore: Float64Array;
  /** By column that is not settled, how far it is; `NaN`, which is neither less nor more than anything, for those that are. */
  private readonly distance: Float64Array;
  private readonly settled: Int32Array;
  /** By place in `settled`, how far that column is. */
  private readonly settledDistance: Float64Array;
  private settledCount = 0;
  /** The nearest column that is not settled, or -1. */
  private nearest = -1;

  constructor(
    private readonly problem: CanonicalProblem,
    private readonly matching: Matching,
  ) {
    this.rowBefore = new Int32Array(problem.columns);
    this.costBefore = new Float64Array(problem.columns);
    this.distance = new Float64Array(problem.columns);
    this.settled = new Int32Array(problem.columns);
    this.settledDistance = new Float64Array(problem.columns);
  }

  /** Places `row`, and keeps every row placed that is; one of those on the path may be skipped in its stead. */
  place(row: number): void {
    const { skipCost } = this.problem;
    const { rowOfColumn, costOfRow, columnPotential } = this.matching;
    let skipDistance = skipCost[row];
    let skipRow = row;
    this.settledCount = 0;
    this.distance.fill(Infinity);
    this.relax(row, 0, -Infinity);
    for (;;) {
      const column = this.nearest;
      const distance = column < 0 ? Infinity : this.distance[column];
      const owner = column < 0 ? -1 : rowOfColumn[column];
      // What is as far as a skip may be free, but leads to nothing better.
      if (distance > skipDistance || (distance === skipDistance && owner >= 0)) {
        this.price(skipDistance);
        skip(this.matching, this, row, skipRow);
        return;
      }
      if (owner < 0) {
        this.price(distance);
        shift(this.matching, this, row, column);
        return;
      }
      this.settle(column, distance);
      const offset = distance - (costOfRow[owner] - columnPotential[column]);
      if (offset + skipCost[owner] < skipDistance) {
        skipDistance = offset + skipCost[owner];
        skipRow = owner;
      }
      this.relax(owner, offset, distance);
    }
  }

  private settle(column: number, distance: number): void {
    this.settled[this.settledCount] = column;
    this.settledDistance[this.settledCount] = distance;
    this.settledCount += 1;
    this.distance[column] = Number.NaN;
  }

  /**
   * Looks along the edges of `row`, and finds the nearest column; of equally near ones a free one. Goes through memory in
   * its order: to leave out the settled ones by a list of the others would cost more than to look at them.
   */
  private relax(row: number, offset: number, at: number): void {
    const { columns, cost } = this.problem;
    const { columnPotential, rowOfColumn } = this.matching;
    const { distance, rowBefore, costBefore } = this;
    let least = Infinity;
    let nearest = -1;
    for (let column = 0, edge = row * columns; column < columns; column += 1, edge += 1) {
      const price = cost[edge];
      const through = offset + price - columnPotential[column];
      let known = distance[column];
      if (through < known) {
        known = through;
        distance[column] = through;
        rowBefore[column] = row;
        costBefore[column] = price;
      }
      if (known < least || (known === least && rowOfColumn[column] < 0)) {
        least = known;
        nearest = column;
        if (known === at && rowOfColumn[column] < 0) break;
      }
    }
    this.nearest = nearest;
  }

  /** Lowers the price of what is nearer than the end. */
  private price(endDistance: number): void {
    const { columnPotential } = this.matching;
    for (let place = 0; place < this.settledCount; place += 1)
      columnPotential[this.settled[place]] += this.settledDistance[place] - endDistance;
  }
}
