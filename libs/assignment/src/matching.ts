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

/** The way to each column that a search reached: the row before it, and the cost of that edge. */
export interface Way {
  readonly rowBefore: Int32Array;
  readonly costBefore: Float64Array;
}

/** Gives `column` to the row before it on the way, that row's column to the one before, until `row` has one. */
export function shift(matching: Matching, { rowBefore, costBefore }: Way, row: number, column: number): void {
  let given = column;
  let receiver = -1;
  while (receiver !== row) {
    receiver = rowBefore[given];
    const left = matching.columnOfRow[receiver];
    give(matching, receiver, given, costBefore[given]);
    given = left;
  }
}

/** Skips `skippedRow`, and gives what it had along the way to `row`. */
export function skip(matching: Matching, way: Way, row: number, skippedRow: number): void {
  const freed = matching.columnOfRow[skippedRow];
  matching.columnOfRow[skippedRow] = skipped;
  if (skippedRow !== row) shift(matching, way, row, freed);
}
