import type { CanonicalProblem } from './canonical-problem.js';
import { type Matching, shift, skip, type Way } from './matching.js';

/**
 * What `ShortestPaths` does, for a problem in which every row has an edge to every column: nearly all columns are reached
 * at once, so the nearest is looked for in the same pass that looks along the edges, without a heap.
 */
export class DensePaths implements Way {
  readonly rowBefore: Int32Array;
  readonly costBefore: Float64Array;
  private readonly distance: Float64Array;
  /** The columns that are not settled, and after these those that are, the last one first. */
  private readonly order: Int32Array;
  private unsettled = 0;
  /** The place in `order` of the nearest column that is not settled. */
  private nearest = -1;

  constructor(
    private readonly problem: CanonicalProblem,
    private readonly matching: Matching,
  ) {
    this.rowBefore = new Int32Array(problem.columns);
    this.costBefore = new Float64Array(problem.columns);
    this.distance = new Float64Array(problem.columns);
    this.order = Int32Array.from({ length: problem.columns }, (_, column) => column);
  }

  /** Places `row`, and keeps every row placed that is; one of those on the path may be skipped in its stead. */
  place(row: number): void {
    const { skipCost, columns } = this.problem;
    const { rowOfColumn, costOfRow, columnPotential } = this.matching;
    let skipDistance = skipCost[row];
    let skipRow = row;
    this.unsettled = columns;
    this.distance.fill(Infinity);
    this.relax(row, 0, -Infinity);
    for (;;) {
      const column = this.nearest < 0 ? -1 : this.order[this.nearest];
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
      this.settleNearest();
      const offset = distance - (costOfRow[owner] - columnPotential[column]);
      if (offset + skipCost[owner] < skipDistance) {
        skipDistance = offset + skipCost[owner];
        skipRow = owner;
      }
      this.relax(owner, offset, distance);
    }
  }

  private settleNearest(): void {
    const { order } = this;
    this.unsettled -= 1;
    const column = order[this.nearest];
    order[this.nearest] = order[this.unsettled];
    order[this.unsettled] = column;
  }

  /** Looks along the edges of `row`, and finds the nearest column; of equally near ones a free one. */
  private relax(row: number, offset: number, at: number): void {
    const { columns, cost } = this.problem;
    const { columnPotential, rowOfColumn } = this.matching;
    const { distance, rowBefore, costBefore, order, unsettled } = this;
    const first = row * columns;
    let least = Infinity;
    let nearest = -1;
    for (let place = 0; place < unsettled; place += 1) {
      const column = order[place];
      const price = cost[first + column];
      const through = offset + price - columnPotential[column];
      let known = distance[column];
      if (through < known) {
        known = through;
        distance[column] = through;
        rowBefore[column] = row;
        costBefore[column] = price;
      }
      if (known > least || (known === least && rowOfColumn[column] >= 0)) continue;
      least = known;
      nearest = place;
      if (known === at && rowOfColumn[column] < 0) break;
    }
    this.nearest = nearest;
  }

  /** Lowers the price of what is nearer than the end. */
  private price(endDistance: number): void {
    for (let place = this.unsettled; place < this.order.length; place += 1) {
      const column = this.order[place];
      this.matching.columnPotential[column] += this.distance[column] - endDistance;
    }
  }
}
