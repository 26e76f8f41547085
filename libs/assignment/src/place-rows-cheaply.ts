import type { CanonicalProblem } from './canonical-problem.js';
import type { RowEdges } from './near-edges.js';
import { free, give, skipped, type Matching } from './matching.js';

/**
 * Bids that a row may make on average; few bids place most rows, and the shortest paths place the rest in bounded time.
 */
const bidsPerRow = 8;

/** How often the rows that tied try again: meanwhile others have changed the prices. */
const rounds = 3;

/**
 * Places most rows without a search ("augmenting row reduction", Jonker and Volgenant 1987): each takes its cheapest
 * column at its price, and one that is taken it outbids by as much as its second choice is worse; the row that it
 * displaces goes on at once. Rows that tie stay `free`. Prices stay feasible and only taken columns have one. O(bids ×
 * edges of a row).
 */
export function placeRowsCheaply(problem: CanonicalProblem, matching: Matching): void {
  let bids = bidsPerRow * problem.rows;
  for (let round = 0; round < rounds; round += 1) {
    for (let first = 0; first < problem.rows; first += 1) {
      let row = matching.columnOfRow[first] === free ? first : -1;
      while (row >= 0) row = bid(problem, matching, row, (bids -= 1) > 0);
    }
  }
}

/** Places `row` and returns the row that it displaces and that goes on, or -1. */
function bid(problem: CanonicalProblem, matching: Matching, row: number, mayDisplace: boolean): number {
  const skipCost = problem.skipCost[row];
  choose(problem.near, row, skipCost, matching);
  if (choice.second > problem.near.limit[row]) choose(problem, row, skipCost, matching);
  const { column, cost, price, second } = choice;
  if (column < 0) {
    matching.columnOfRow[row] = skipped;
    return -1;
  }
  const displaced = matching.rowOfColumn[column];
  if (displaced >= 0) {
    // Rather skipped than in the place of one who would be.
    if (!mayDisplace || price === skipCost) return -1;
    matching.columnPotential[column] -= second - price;
    matching.columnOfRow[displaced] = free;
  }
  give(matching, row, column, cost);
  // Who ties displaces at the old price: the other waits for the next round, or the two would go on for ever.
  return second === price ? -1 : displaced;
}

/** What a row would take: the column, -1 where it is rather skipped, its cost and price, and the price of the second choice. */
const choice = { column: -1, cost: 0, price: Infinity, second: Infinity };

function choose(edges: RowEdges, row: number, skipCost: number, { columnPotential, rowOfColumn }: Matching): void {
  const { rowStart, column, cost } = edges;
  let best = Infinity;
  let second = skipCost;
  let bestEdge = -1;
  for (let edge = rowStart[row], end = rowStart[row + 1]; edge < end; edge += 1) {
    const price = cost[edge] - columnPotential[column[edge]];
    if (price > second) continue;
    if (price < best || (price === best && isTakenSooner(column[edge], column[bestEdge], rowOfColumn))) {
      if (bestEdge >= 0 && column[edge] !== column[bestEdge]) second = Math.min(second, best);
      best = price;
      bestEdge = edge;
    } else if (column[edge] !== column[bestEdge]) second = price;
  }
  choice.column = bestEdge < 0 ? -1 : column[bestEdge];
  choice.cost = bestEdge < 0 ? 0 : cost[bestEdge];
  choice.price = best;
  choice.second = second;
}

/** Of two columns at one price: the free one, or the lower. */
function isTakenSooner(one: number, other: number, rowOfColumn: Int32Array): boolean {
  const isFree = rowOfColumn[one] < 0;
  return isFree === rowOfColumn[other] < 0 ? one < other : isFree;
}
