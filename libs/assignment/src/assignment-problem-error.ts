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

/** How the columns of each row's edges follow one another: `strict` where no row has two edges to one column. */
export type EdgeOrder = 'strict' | 'ascending' | 'none';

/**
 * Throws `AssignmentProblemError` unless the arrays fit together and every cost is a safe integer whose sums are safe
 * too. O(rows + edges).
 */
export function assertSolvable(problem: AssignmentProblem): EdgeOrder {
  assertShape(problem);
  const largest = Math.max(largestCost(problem.cost), largestCost(problem.skipCost));
  const order = orderOf(problem);
  if (!(largest <= Number.MAX_SAFE_INTEGER) || order === undefined) return throwFault(problem);
  const limit = Math.floor(Number.MAX_SAFE_INTEGER / (2 * problem.rows + 2));
  if (largest > limit) {
    throw new AssignmentProblemError(
      `A cost of ${largest} is too large to be added exactly: at most ${limit} with ${problem.rows} rows.`,
    );
  }
  return order;
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

/** The largest cost without its sign, or `NaN` where one is no whole number. */
function largestCost(costs: Float64Array | Int32Array): number {
  return costs instanceof Float64Array ? largestFloat(costs) : largestInt(costs);
}

function largestFloat(costs: Float64Array): number {
  let largest = 0;
  let smallest = 0;
  for (let index = 0; index < costs.length; index += 1) {
    const cost = costs[index];
    // Not so for NaN either.
    if (Math.floor(cost) !== cost) return NaN;
    if (cost > largest) largest = cost;
    else if (cost < smallest) smallest = cost;
  }
  return Math.max(largest, -smallest);
}

function largestInt(costs: Int32Array): number {
  let largest = 0;
  for (let index = 0; index < costs.length; index += 1) largest = Math.max(largest, Math.abs(costs[index]));
  return largest;
}

/** `undefined` where an edge goes to a column that does not exist: only where the order turns need that be looked at. */
function orderOf({ rows, columns, rowStart, column }: AssignmentProblem): EdgeOrder | undefined {
  let [repeats, descents] = [0, 0];
  for (let row = 0; row < rows; row += 1) {
    const [first, end] = [rowStart[row], rowStart[row + 1]];
    if (first === end) continue;
    let before = column[first];
    if (before < 0) return undefined;
    for (let edge = first + 1; edge < end; edge += 1) {
      const to = column[edge];
      if (to <= before) {
        if (to < 0 || before >= columns) return undefined;
        if (to === before) repeats += 1;
        else descents += 1;
      }
      before = to;
    }
    if (before >= columns) return undefined;
  }
  if (descents > 0) return 'none';
  return repeats > 0 ? 'ascending' : 'strict';
}

/** Throws what is wrong first, and says where. */
function throwFault({ rows, columns, rowStart, column, cost, skipCost }: AssignmentProblem): never {
  for (let row = 0; row < rows; row += 1) {
    if (!Number.isSafeInteger(skipCost[row]))
      throw new AssignmentProblemError(`skipCost of row ${row} must be a safe integer, not ${skipCost[row]}.`, row);
    for (let edge = rowStart[row]; edge < rowStart[row + 1]; edge += 1) {
      const place = `dge ${edge} of row ${row}`;
      if (column[edge] < 0 || column[edge] >= columns) {
        const message = `E${place} goes to column ${column[edge]}; there are ${columns}.`;
        throw new AssignmentProblemError(message, row, edge);
      }
      if (Number.isSafeInteger(cost[edge])) continue;
      throw new AssignmentProblemError(`cost of e${place} must be a safe integer, not ${cost[edge]}.`, row, edge);
    }
  }
  throw new Error('every edge and cost is as it should be');
}
