import { AssignmentProblemError, assertSolvable } from '../assignment-problem-error.js';
import type { AssignmentProblem, AssignmentSolution } from '../assignment-problem.js';
import { checkOptimality } from '../check-optimality.js';
import type { Side } from './side.js';

/** A live assignment at one moment. */
export interface LiveSnapshot {
  readonly problem: AssignmentProblem;
  readonly solution: AssignmentSolution;
  /** By row of the problem, its number in the live assignment; ascending. */
  readonly rows: Int32Array;
  /** By column of the problem, its number in the live assignment; ascending. */
  readonly columns: Int32Array;
}

export function snapshotOf(rows: Side, columns: Side, totalCost: number): LiveSnapshot {
  const rowNumbers = numbersOf(rows);
  const columnNumbers = numbersOf(columns);
  const rowNodes = rowNumbers.map((row) => rows.nodeOf(row));
  const columnNodes = columnNumbers.map((column) => columns.nodeOf(column));
  const solution: AssignmentSolution = {
    columnOfRow: placesOf(columnNodes, rowNodes, rows),
    rowOfColumn: placesOf(rowNodes, columnNodes, columns),
    totalCost,
    rowPotential: Float64Array.from(rowNodes, (row) => rows.potential[row]),
    columnPotential: Float64Array.from(columnNodes, (column) => columns.potential[column]),
  };
  return { problem: problemOf(rows, rowNodes, columnNodes), solution, rows: rowNumbers, columns: columnNumbers };
}

/** Fills two empty sides, whose nodes are then numbered as in `problem`. */
export function load(problem: AssignmentProblem, solution: AssignmentSolution, rows: Side, columns: Side): void {
  assertSolvable(problem);
  const [fault] = checkOptimality(problem, solution);
  if (fault !== undefined) throw new AssignmentProblemError(`The solution is no proven optimum: ${fault}`);
  rows.reserve(problem.rows);
  columns.reserve(problem.columns);
  for (let column = 0; column < problem.columns; column += 1) columns.add(columns.newNumber(), 0);
  for (let row = 0; row < problem.rows; row += 1) rows.add(rows.newNumber(), problem.skipCost[row]);
  const least = new Float64Array(problem.columns);
  for (let row = 0; row < problem.rows; row += 1) linkCheapest(problem, row, rows, columns, least);
  rows.partner.set(solution.columnOfRow);
  rows.potential.set(solution.rowPotential);
  columns.partner.set(solution.rowOfColumn);
  columns.potential.set(solution.columnPotential);
}

/** Of edges to one column the cheapest. @param least for use in between, by column */
function linkCheapest(
  { rowStart, column, cost }: AssignmentProblem,
  row: number,
  rows: Side,
  columns: Side,
  least: Float64Array,
): void {
  const end = rowStart[row + 1];
  rows.edges.ensure(row, end - rowStart[row]);
  for (let edge = rowStart[row]; edge < end; edge += 1) least[column[edge]] = Infinity;
  for (let edge = rowStart[row]; edge < end; edge += 1) {
    least[column[edge]] = Math.min(least[column[edge]], cost[edge]);
  }
  for (let edge = rowStart[row]; edge < end; edge += 1) {
    if (least[column[edge]] === -Infinity) continue;
    rows.link(row, columns, column[edge], least[column[edge]]);
    least[column[edge]] = -Infinity;
  }
}

function problemOf(rows: Side, rowNodes: Int32Array, columnNodes: Int32Array): AssignmentProblem {
  const { start, length, to, cost } = rows.edges;
  const places = placeByNode(columnNodes);
  const rowStart = new Int32Array(rowNodes.length + 1);
  const column: number[] = [];
  const costs: number[] = [];
  rowNodes.forEach((row, index) => {
    for (let place = start[row], end = place + length[row]; place < end; place += 1) {
      const at = places[to[place]] ?? -1;
      if (at < 0) continue;
      column.push(at);
      costs.push(cost[place]);
    }
    rowStart[index + 1] = column.length;
  });
  return {
    rows: rowNodes.length,
    columns: columnNodes.length,
    rowStart,
    column: Int32Array.from(column),
    cost: Float64Array.from(costs),
    skipCost: Float64Array.from(rowNodes, (row) => rows.idleCost[row]),
  };
}

function numbersOf(side: Side): Int32Array {
  const numbers = new Int32Array(side.count);
  let count = 0;
  for (let number = 0; number < side.end; number += 1) {
    if (!side.has(number)) continue;
    numbers[count] = number;
    count += 1;
  }
  return numbers;
}

/** By node, its index in `nodes`, or -1. */
function placeByNode(nodes: Int32Array): Int32Array {
  const places = new Int32Array(nodes.reduce((most, node) => Math.max(most, node + 1), 0)).fill(-1);
  nodes.forEach((node, place) => (places[node] = place));
  return places;
}

/** The partners of `nodes`, nodes of `side`, as indexes in `others`; -1 for none. */
function placesOf(others: Int32Array, nodes: Int32Array, { partner }: Side): Int32Array {
  const places = placeByNode(others);
  return nodes.map((node) => (partner[node] < 0 ? -1 : places[partner[node]]));
}
