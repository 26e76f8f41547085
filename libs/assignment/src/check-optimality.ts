import type { AssignmentProblem, AssignmentSolution } from './assignment-problem.js';

/**
 * What keeps `solution` from being a proven optimum of `problem`, in sentences; empty where it is one. It trusts
 * nothing of the solver: everyone has at most one column by an edge that exists, the total is right, the potentials are
 * feasible, and what is used is tight (linear programming duality). O(rows + columns + edges).
 */
export function checkOptimality(problem: AssignmentProblem, solution: AssignmentSolution): readonly string[] {
  const faults: string[] = [];
  let total = 0;
  let dualTotal = 0;
  for (let row = 0; row < problem.rows; row += 1) {
    total += checkRow(problem, solution, row, faults);
    dualTotal += solution.rowPotential[row];
  }
  for (let column = 0; column < problem.columns; column += 1) {
    checkColumn(solution, column, faults);
    dualTotal += solution.columnPotential[column];
  }
  if (solution.totalCost !== total) faults.push(`The total cost is ${total}, not ${solution.totalCost}.`);
  if (dualTotal !== total) faults.push(`The potentials add up to ${dualTotal}, the costs to ${total}.`);
  return faults;
}

/** Checks one row and returns what it costs. */
function checkRow(problem: AssignmentProblem, solution: AssignmentSolution, row: number, faults: string[]): number {
  const { rowStart, column, cost, skipCost } = problem;
  const taken = solution.columnOfRow[row];
  const potential = solution.rowPotential[row];
  let paid = taken === -1 ? skipCost[row] : Infinity;
  for (let edge = rowStart[row]; edge < rowStart[row + 1]; edge += 1) {
    const to = column[edge];
    if (to === taken) paid = Math.min(paid, cost[edge]);
    if (potential + solution.columnPotential[to] > cost[edge])
      faults.push(`Row ${row} could take column ${to} for less (edge ${edge}).`);
  }
  if (potential > skipCost[row]) faults.push(`Row ${row} could be skipped for less.`);
  if (paid === Infinity) faults.push(`Row ${row} has column ${taken}, to which it has no edge.`);
  else if (taken !== -1 && solution.rowOfColumn[taken] !== row)
    faults.push(`Row ${row} has column ${taken}, which row ${solution.rowOfColumn[taken]} has.`);
  if (paid !== potential + (taken === -1 ? 0 : solution.columnPotential[taken]))
    faults.push(`Row ${row} pays ${paid}, which its potentials do not explain.`);
  return paid;
}

function checkColumn(solution: AssignmentSolution, column: number, faults: string[]): void {
  const row = solution.rowOfColumn[column];
  const potential = solution.columnPotential[column];
  if (potential > 0) faults.push(`Column ${column} has a potential above 0.`);
  if (row === -1 && potential !== 0) faults.push(`Column ${column} is free and has a potential.`);
  if (row !== -1 && solution.columnOfRow[row] !== column)
    faults.push(`Column ${column} has row ${row}, which has column ${solution.columnOfRow[row]}.`);
}
