import type { EdgeOrder } from './assignment-problem-error.js';
import type { AssignmentProblem } from './assignment-problem.js';
import { nearEdges, type NearEdges } from './near-edges.js';

/** The same problem in one form: floats, the edges of each row by ascending column, and its cheapest ones apart. */
export interface CanonicalProblem extends AssignmentProblem {
  readonly cost: Float64Array;
  readonly skipCost: Float64Array;
  /** Whether every row has one edge to every column: the column of an edge is then its index in the row. */
  readonly isComplete: boolean;
  readonly near: NearEdges;
}

/** Copies only what is not as it should be, and what is near. O(rows + columns + edges). */
export function canonical(problem: AssignmentProblem, order: EdgeOrder): CanonicalProblem {
  const { rows, columns, rowStart, column, cost } = order === 'none' ? sorted(problem) : problem;
  const asFloats = floats(cost);
  // Written out, since the compiler knows the shape of such an object.
  return {
    rows,
    columns,
    rowStart,
    column,
    cost: asFloats,
    skipCost: floats(problem.skipCost),
    isComplete: order === 'strict' && column.length === rows * columns,
    near: nearEdges({ rowStart, column, cost: asFloats }),
  };
}

/** Sorts by column and then, which keeps that order, by row. */
function sorted(problem: AssignmentProblem): AssignmentProblem {
  const { rows, columns, rowStart, column, cost } = problem;
  const next = new Int32Array(columns + 1);
  for (let edge = 0; edge < column.length; edge += 1) next[column[edge] + 1] += 1;
  for (let at = 0; at < columns; at += 1) next[at + 1] += next[at];
  const rowOfEdge = new Int32Array(column.length);
  const byColumn = new Int32Array(column.length);
  for (let row = 0; row < rows; row += 1) {
    for (let edge = rowStart[row]; edge < rowStart[row + 1]; edge += 1) {
      rowOfEdge[edge] = row;
      byColumn[next[column[edge]]] = edge;
      next[column[edge]] += 1;
    }
  }
  const place = rowStart.slice();
  const sortedColumn = new Int32Array(column.length);
  const sortedCost = new Float64Array(column.length);
  for (const edge of byColumn) {
    const at = place[rowOfEdge[edge]];
    place[rowOfEdge[edge]] += 1;
    sortedColumn[at] = column[edge];
    sortedCost[at] = cost[edge];
  }
  return { ...problem, column: sortedColumn, cost: sortedCost };
}

function floats(costs: Float64Array | Int32Array): Float64Array {
  return costs instanceof Float64Array ? costs : Float64Array.from(costs);
}
