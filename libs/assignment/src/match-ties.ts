import type { CanonicalProblem } from './canonical-problem.js';
import type { RowEdges } from './near-edges.js';
import { free, type Matching, shift, type Way } from './matching.js';

/** Passes over the rows that tie; the searches that follow place what is left. */
const mostPasses = 4;

/** A pass ends where it has failed so much more often than it has placed a row. */
const mostFailures = 32;

/**
 * Places rows whose cheapest columns are all taken by rows that have others as cheap, and so on: a chain of changes that
 * cost nothing. Where costs are few most rows tie, and this finds their columns in a few passes over the edges without
 * touching a price. A column that led nowhere is not looked at again in the same pass. O(passes × edges).
 */
export function matchTies(problem: CanonicalProblem, matching: Matching): void {
  const { rows, columns } = problem;
  const search: Search = {
    seen: new Int32Array(columns).fill(-1),
    queue: new Int32Array(rows),
    rowBefore: new Int32Array(columns),
    costBefore: new Float64Array(columns),
    pass: 0,
  };
  while (search.pass < mostPasses && placeSome(problem, matching, search)) search.pass += 1;
}

/** One pass; ends early where one row after the other leads nowhere. @returns whether a row was placed. */
function placeSome(problem: CanonicalProblem, matching: Matching, search: Search): boolean {
  let placed = 0;
  let failed = 0;
  for (let row = 0; row < problem.rows && failed < mostFailures + placed; row += 1) {
    if (matching.columnOfRow[row] !== free) continue;
    const column = freeColumn(problem, matching, search, row);
    if (column < 0) failed += 1;
    else {
      shift(matching, search, row, column);
      placed += 1;
    }
  }
  return placed > 0;
}

interface Search extends Way {
  /** By column, the pass in which it was last seen. */
  readonly seen: Int32Array;
  readonly queue: Int32Array;
  pass: number;
}

/** A free column that `start` reaches by changes that cost nothing, or -1. */
function freeColumn(problem: CanonicalProblem, matching: Matching, search: Search, start: number): number {
  const { rowOfColumn, columnPotential } = matching;
  const { seen, queue, rowBefore, costBefore } = search;
  let length = 1;
  queue[0] = start;
  for (let at = 0; at < length; at += 1) {
    const row = queue[at];
    const price = at === 0 ? cheapest(problem, matching, row) : priceOf(matching, row);
    const { rowStart, column, cost } = edgesUpTo(price, row, problem);
    for (let edge = rowStart[row], end = rowStart[row + 1]; edge < end; edge += 1) {
      const to = column[edge];
      if (cost[edge] - columnPotential[to] !== price || seen[to] === search.pass) continue;
      seen[to] = search.pass;
      rowBefore[to] = row;
      costBefore[to] = cost[edge];
      if (rowOfColumn[to] < 0) return to;
      queue[length] = rowOfColumn[to];
      length += 1;
    }
  }
  return -1;
}

/** Has all edges of `row` that are as cheap as `price`: no column's price is below 0, so these cost no more. */
function edgesUpTo(price: number, row: number, problem: CanonicalProblem): RowEdges {
  return price <= problem.near.limit[row] ? problem.near : problem;
}

function priceOf({ columnOfRow, costOfRow, columnPotential }: Matching, row: number): number {
  return costOfRow[row] - columnPotential[columnOfRow[row]];
}

function cheapest(problem: CanonicalProblem, matching: Matching, row: number): number {
  const near = leastPrice(problem.near, matching, row, problem.skipCost[row]);
  return near <= problem.near.limit[row] ? near : leastPrice(problem, matching, row, near);
}

function leastPrice(
  { rowStart, column, cost }: RowEdges,
  { columnPotential }: Matching,
  row: number,
  most: number,
): number {
  let least = most;
  for (let edge = rowStart[row], end = rowStart[row + 1]; edge < end; edge += 1) {
    const price = cost[edge] - columnPotential[column[edge]];
    if (price < least) least = price;
  }
  return least;
}
