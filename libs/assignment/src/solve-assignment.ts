import { assertSolvable } from './assignment-problem-error.js';
import type { AssignmentProblem, AssignmentSolution } from './assignment-problem.js';
import { canonical, type CanonicalProblem } from './canonical-problem.js';
import { emptyMatching, free, type Matching } from './matching.js';
import { placeRowsCheaply } from './place-rows-cheaply.js';
import { DensePaths } from './dense-paths.js';
import { matchTies } from './match-ties.js';
import { ShortestPaths } from './shortest-paths.js';

/**
 * Solves the assignment problem exactly, by shortest augmenting paths: R. Jonker and A. Volgenant, "A shortest
 * augmenting path algorithm for dense and sparse linear assignment problems", Computing 38 (1987), with a heap for
 * sparse rows, and a private skip column a row that is never written out. Row reduction with transfer and augmentation
 * ("augmenting row reduction") places most rows, chains of changes that cost nothing place more; a search for each of the
 * rest stops at the nearest end in sight, and looks beyond the cheapest edges of a row only when it is as far (the "core"
 * of A. Volgenant, "Linear and semi-assignment problems: a core oriented approach", Computers & Operations Research 23
 * (1996), but exact without a second pass). Columns are not reduced first, since a column may stay free and then has the
 * potential 0. O(rows × (edges + columns) × log columns) at worst, O(rows + columns + edges) memory.
 *
 * Deterministic: the same problem has the same solution, whatever the order of a row's edges (to different columns).
 * Rows are placed in their order; where prices or distances are equal a free column is taken before one that is taken,
 * then the lower column, and a column rather than a skip. Between optima that differ in more than one choice nothing
 * else is said.
 *
 * Throws `AssignmentProblemError` that names the row and edge where a cost is no safe integer, a column does not exist
 * or the arrays do not fit.
 */
export function solveAssignment(problem: AssignmentProblem): AssignmentSolution {
  const order = assertSolvable(problem);
  const matching = emptyMatching(problem);
  const sorted = canonical(problem, order);
  placeRowsCheaply(sorted, matching);
  matchTies(sorted, matching);
  placeRest(sorted, matching);
  return withRowPotentials(problem, matching);
}

/** Where looking at near edges only did not help, all columns are looked at in turn. */
function placeRest(problem: CanonicalProblem, matching: Matching): void {
  let paths: ShortestPaths | DensePaths = new ShortestPaths(problem, matching);
  for (let row = 0; row < problem.rows; row += 1) {
    if (matching.columnOfRow[row] !== free) continue;
    if (problem.isComplete && paths instanceof ShortestPaths && paths.looksFar)
      paths = new DensePaths(problem, matching);
    paths.place(row);
  }
}

function withRowPotentials({ rows, skipCost }: AssignmentProblem, matching: Matching): AssignmentSolution {
  const { columnOfRow, rowOfColumn, costOfRow, columnPotential } = matching;
  const rowPotential = new Float64Array(rows);
  let totalCost = 0;
  for (let row = 0; row < rows; row += 1) {
    const column = columnOfRow[row];
    const cost = column < 0 ? skipCost[row] : costOfRow[row];
    totalCost += cost;
    rowPotential[row] = column < 0 ? cost : cost - columnPotential[column];
  }
  return { columnOfRow, rowOfColumn, totalCost, rowPotential, columnPotential };
}
