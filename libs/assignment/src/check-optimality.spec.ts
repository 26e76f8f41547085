import type { AssignmentSolution } from './assignment-problem.js';
import { checkOptimality } from './check-optimality.js';
import { problemOf } from '../test/problems.js';
import { solveAssignment } from './solve-assignment.js';

describe('checkOptimality', () => {
  const problem = problemOf(3, [[[0, 1], [1, 2]], [[0, 1], [1, 9]]], 100); // prettier-ignore
  const optimum = solveAssignment(problem);
  const faultsOf = (change: Partial<AssignmentSolution>): readonly string[] =>
    checkOptimality(problem, { ...optimum, ...change });

  it('finds nothing in an optimum', () => {
    expect(faultsOf({})).toEqual([]);
  });

  it('sees an assignment that is not the cheapest', () => {
    const faults = faultsOf({ columnOfRow: Int32Array.of(0, 1), rowOfColumn: Int32Array.of(0, 1, -1), totalCost: 10 });
    expect(faults).toContain('Row 0 pays 1, which its potentials do not explain.');
    expect(faults).toContain('The potentials add up to 3, the costs to 10.');
  });

  it('sees a total that is not what is paid', () => {
    expect(faultsOf({ totalCost: 2 })).toEqual(['The total cost is 3, not 2.']);
  });

  it('sees two rows with one column', () => {
    expect(faultsOf({ columnOfRow: Int32Array.of(0, 0) })).toContain('Row 0 has column 0, which row 1 has.');
  });

  it('sees a column whose row has another', () => {
    expect(faultsOf({ rowOfColumn: Int32Array.of(1, 0, 0) })).toContain('Column 2 has row 0, which has column 1.');
  });

  it('sees an edge that does not exist', () => {
    expect(faultsOf({ columnOfRow: Int32Array.of(2, 0), rowOfColumn: Int32Array.of(1, -1, 0) })).toContain(
      'Row 0 has column 2, to which it has no edge.',
    );
  });

  it('sees potentials that no optimum has', () => {
    expect(faultsOf({ rowPotential: Float64Array.of(200, 200) })).toEqual(
      expect.arrayContaining(['Row 0 could take column 0 for less (edge 0).', 'Row 1 could be skipped for less.']),
    );
    expect(faultsOf({ columnPotential: Float64Array.of(1, 0, -1) })).toEqual(
      expect.arrayContaining(['Column 0 has a potential above 0.', 'Column 2 is free and has a potential.']),
    );
  });
});
