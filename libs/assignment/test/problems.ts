import type { AssignmentProblem } from '../src/assignment-problem.js';

/** An edge as a test writes it: to which column, at which cost. */
export type Edge = readonly [column: number, cost: number];

/** The problem of these rows; `skipCost` is one for all or one a row. */
export function problemOf(
  columns: number,
  edgesOfRows: readonly (readonly Edge[])[],
  skipCost: number | readonly number[],
): AssignmentProblem {
  const edges = edgesOfRows.flat();
  const rowStart = new Int32Array(edgesOfRows.length + 1);
  edgesOfRows.forEach((row, index) => (rowStart[index + 1] = rowStart[index] + row.length));
  return {
    rows: edgesOfRows.length,
    columns,
    rowStart,
    column: Int32Array.from(edges, ([column]) => column),
    cost: Float64Array.from(edges, ([, cost]) => cost),
    skipCost: Float64Array.from(edgesOfRows, (_, row) => (typeof skipCost === 'number' ? skipCost : skipCost[row])),
  };
}

/** The least total by trying everything: rows × columns of a handful. */
export function bruteForceTotal(problem: AssignmentProblem, row = 0, taken: ReadonlySet<number> = new Set()): number {
  if (row === problem.rows) return 0;
  let least = problem.skipCost[row] + bruteForceTotal(problem, row + 1, taken);
  for (let edge = problem.rowStart[row]; edge < problem.rowStart[row + 1]; edge += 1) {
    const column = problem.column[edge];
    if (taken.has(column)) continue;
    least = Math.min(least, problem.cost[edge] + bruteForceTotal(problem, row + 1, new Set([...taken, column])));
  }
  return least;
}
