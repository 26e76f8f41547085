import type { AssignmentProblem } from './assignment-problem.js';

/** Rows of at most so many edges are near as a whole. */
const shortRow = 64;

/** How many edges of a longer row are near, about. */
const nearPerRow = 24;

/** Of a longer row, so many edges are looked at to guess which cost its near ones have at most. */
const sampleSize = 16;

/** The edges of rows, as in `AssignmentProblem`. */
export type RowEdges = Pick<AssignmentProblem, 'rowStart' | 'column'> & { readonly cost: Float64Array };

/**
 * The cheapest edges of each row, in the order in which the row has them: a solution uses hardly any others. All other
 * edges of a row cost more than its `limit`, which is `Infinity` where there are none.
 */
export interface NearEdges extends RowEdges {
  readonly limit: Float64Array;
}

/** Copies only where a row is long. O(edges). */
export function nearEdges({ rowStart, column, cost }: RowEdges): NearEdges {
  const rows = rowStart.length - 1;
  const limit = new Float64Array(rows).fill(Infinity);
  let hasLong = false;
  for (let row = 0; row < rows; row += 1) {
    if (rowStart[row + 1] - rowStart[row] <= shortRow) continue;
    hasLong = true;
    limit[row] = likelyLimit(cost, rowStart[row], rowStart[row + 1]);
  }
  return hasLong ? within(limit, { rowStart, column, cost }) : { rowStart, column, cost, limit };
}

/** The edges that cost at most their row's limit; lifts the limit where that is every edge of the row. */
function within(limit: Float64Array, { rowStart, column, cost }: RowEdges): NearEdges {
  const rows = limit.length;
  const near = { rowStart: new Int32Array(rows + 1), column: new Int32Array(0), cost: new Float64Array(0), limit };
  let count = 0;
  for (let row = 0; row < rows; row += 1) {
    const [first, end, most] = [rowStart[row], rowStart[row + 1], limit[row]];
    reserve(near, count + end - first, 2 * nearPerRow * rows);
    const [nearColumn, nearCost] = [near.column, near.cost];
    for (let edge = first; edge < end; edge += 1) {
      if (cost[edge] > most) continue;
      nearColumn[count] = column[edge];
      nearCost[count] = cost[edge];
      count += 1;
    }
    if (count - near.rowStart[row] === end - first) limit[row] = Infinity;
    near.rowStart[row + 1] = count;
  }
  return near;
}

function reserve(near: { column: Int32Array; cost: Float64Array }, edges: number, atFirst: number): void {
  if (edges <= near.column.length) return;
  const length = Math.max(2 * edges, atFirst);
  const [column, cost] = [new Int32Array(length), new Float64Array(length)];
  column.set(near.column);
  cost.set(near.cost);
  near.column = column;
  near.cost = cost;
}

const sample = new Float64Array(sampleSize);

/** The cost that about `nearPerRow` of the row's edges do not exceed, going by edges at equal steps. */
function likelyLimit(cost: Float64Array, first: number, end: number): number {
  const edges = end - first;
  for (let index = 0; index < sampleSize; index += 1) {
    const value = cost[first + Math.floor((index * edges) / sampleSize)];
    let place = index;
    for (; place > 0 && sample[place - 1] > value; place -= 1) sample[place] = sample[place - 1];
    sample[place] = value;
  }
  return sample[Math.min(sampleSize - 1, Math.floor((nearPerRow * sampleSize) / edges))];
}
