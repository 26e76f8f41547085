import { checkOptimality, solveAssignment } from '@yizhan/assignment';
import { printResult } from '../ground/figures.js';
import { orLibrary } from './instances.js';

/** Every instance of OR-Library to its published optimum, with a proof. */
export function runA1(): void {
  const instances = orLibrary();
  if (instances.length === 0) throw new Error('The instances are missing: ../shared/data/or-library-assignment');
  const results = instances.map(({ name, problem, optimum }) => {
    const solution = solveAssignment(problem);
    const isProven = checkOptimality(problem, solution).length === 0;
    return { name, total: solution.totalCost, optimum, met: isProven && solution.totalCost === optimum };
  });
  printResult({ benchmark: 'A1', instances: results, met: results.every(({ met }) => met) });
}
