import type { AssignmentProblem } from './assignment-problem.js';

/**
 * A problem that cannot be solved as it is written. `row`, and `edge` (an index into `column` and `cost`), say where,
 * if it is at one place.
 */
export class AssignmentProblemError extends Error {
  override readonly name = 'AssignmentProblemError';

  constructor(
    message: string,
    readonly row?: number,
    readonly edge?: number,
  ) {
    super(message);
  }
}

/**
 * Throws `AssignmentProblemError` unless the arrays fit together and every cost is a safe integer whose sums are safe
 * too. O(rows + edges).
 */
export function assertSolvable(problem: AssignmentProblem): void {
  assertShape(problem);
  let largest = 0;
  for (let row = 0; row < problem.rows; row += 1) {
    largest = Math.max(largest, largestOfRow(problem, row));
  }
  const limit = Math.floor(Number.MAX_SAFE_INTEGER / (2 * problem.rows + 2));
  if (largest > limit) {
    throw new AssignmentProblemError(
      `A cost of ${largest} is too large to be added exactly: at most ${limit} with ${problem.rows} rows.`,
    );
  }
}

function assertShape({ rows, columns, rowStart, column, cost, skipCost }: AssignmentProblem): void {
  if (!Number.isSafeInteger(rows) || rows < 0)
    throw new AssignmentProblemError(`rows must be a whole number from 0, not ${rows}.`);
  if (!Number.isSafeInteger(columns) || columns < 0)
    throw new AssignmentProblemError(`columns must be a whole number from 0, not ${columns}.`);
  if (rowStart.length !== rows + 1)
    throw new AssignmentProblemError(`rowStart must have ${rows + 1} entries, not ${rowStart.length}.`);
  if (skipCost.length !== rows)
    throw new AssignmentProblemError(`skipCost must have ${rows} entries, not ${skipCost.length}.`);
  if (column.length !== cost.length)
    throw new AssignmentProblemError(
      `column has ${column.length} entries and cost ${cost.length}: they must be as many.`,
    );
  assertRowStarts(rowStart, column.length);
}

function assertRowStarts(rowStart: Int32Array, edges: number): void {
  const rows = rowStart.length - 1;
  if (rowStart[0] !== 0) throw new AssignmentProblemError(`rowStart must begin with 0, not ${rowStart[0]}.`, 0);
  for (let row = 0; row < rows; row += 1) {
    if (rowStart[row + 1] < rowStart[row]) throw new AssignmentProblemError(`rowStart falls after row ${row}.`, row);
  }
  if (rowStart[rows] !== edges) {
    throw new AssignmentProblemError(`rowStart must end with the number of edges ${edges}, not ${rowStart[rows]}.`);
  }
}

function largestOfRow({ columns, rowStart, column, cost, skipCost }: AssignmentProblem, row: number): number {
  if (!Number.isSafeInteger(skipCost[row]))
    throw new AssignmentProblemError(`skipCost of row ${row} must be a safe integer, not ${skipCost[row]}.`, row);
  let largest = Math.abs(skipCost[row]);
  for (let edge = rowStart[row]; edge < rowStart[row + 1]; edge += 1) {
    if (column[edge] < 0 || column[edge] >= columns) {
      throw new AssignmentProblemError(
        `Edge ${edge} of row ${row} goes to column ${column[edge]}; there are ${columns}.`,
        row,
        edge,
      );
    }
    if (!Number.isSafeInteger(cost[edge])) {
      throw new AssignmentProblemError(
        `cost of edge ${edge} of row ${row} must be a safe integer, not ${cost[edge]}.`,
        row,
        edge,
      );
    }
    largest = Math.max(largest, Math.abs(cost[edge]));
  }
  return largest;
}
