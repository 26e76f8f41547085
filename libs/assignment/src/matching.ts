import type { AssignmentProblem } from './assignment-problem.js';

/**
 * An assignment in the making: who has whom, at which cost, and the prices of the columns. Every row that is `free` has
 * still to be placed.
 */
export interface Matching {
  readonly columnOfRow: Int32Array;
  readonly rowOfColumn: Int32Array;
  /** By row that has a column, the cost of that edge. */
  readonly costOfRow: Float64Array;
  readonly columnPotential: Float64Array;
}

/** The mark of a row that is skipped. */
export const skipped = -1;

/** The mark of a row that has not been placed. */
export const free = -2;

/** Nobody placed, nothing priced. */
export function emptyMatching({ rows, columns }: AssignmentProblem): Matching {
  return {
    columnOfRow: new Int32Array(rows).fill(free),
    rowOfColumn: new Int32Array(columns).fill(-1),
    costOfRow: new Float64Array(rows),
    columnPotential: new Float64Array(columns),
  };
}

/** Gives `column` to `row`, whoever had it. */
export function give(matching: Matching, row: number, column: number, cost: number): void {
  matching.columnOfRow[row] = column;
  matching.rowOfColumn[column] = row;
  matching.costOfRow[row] = cost;
}
