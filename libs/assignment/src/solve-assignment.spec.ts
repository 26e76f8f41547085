import fc from 'fast-check';
import { AssignmentProblemError } from './assignment-problem-error.js';
import type { AssignmentProblem } from './assignment-problem.js';
import { checkOptimality } from './check-optimality.js';
import { bruteForceTotal, problemOf, type Edge } from '../test/problems.js';
import { solveAssignment } from './solve-assignment.js';

const costs = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: -50, max: 50 }));

/** Few rows and columns, any edges (some twice), many ties. */
const smallProblems = (uniqueEdges: boolean): fc.Arbitrary<AssignmentProblem> =>
  fc.integer({ min: 0, max: 5 }).chain((columns) => {
    const edge: fc.Arbitrary<Edge> = fc.tuple(fc.nat({ max: Math.max(0, columns - 1) }), costs);
    const row = uniqueEdges
      ? fc.uniqueArray(edge, { maxLength: columns, selector: ([column]) => column })
      : fc.array(edge, { maxLength: columns === 0 ? 0 : 7 });
    return fc.array(fc.tuple(row, costs), { maxLength: 6 }).map((rows) =>
      problemOf(
        columns,
        rows.map(([edges]) => edges),
        rows.map(([, skipCost]) => skipCost),
      ),
    );
  });

/** A linear congruential generator (Numerical Recipes), so that large instances are the same on every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

function randomProblem(
  rows: number,
  columns: number,
  degree: number,
  maxCost: number,
  seed: number,
): AssignmentProblem {
  const below = seeded(seed);
  const edges = Array.from({ length: rows }, () =>
    Array.from({ length: degree }, (): Edge => [below(columns), below(maxCost)]),
  );
  return problemOf(columns, edges, maxCost);
}

describe('solveAssignment', () => {
  it('finds the total that trying everything finds, and proves it', () => {
    fc.assert(
      fc.property(smallProblems(false), (problem) => {
        const solution = solveAssignment(problem);
        expect(solution.totalCost).toBe(bruteForceTotal(problem));
        expect(checkOptimality(problem, solution)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('proves what is too large to try: too few columns, many ties, skips that nearly pay', () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 60 }),
      columns: fc.integer({ min: 1, max: 40 }),
      degree: fc.integer({ min: 1, max: 12 }),
      maxCost: fc.integer({ min: 1, max: 12 }),
      seed: fc.integer({ min: 0, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(sizes, ({ rows, columns, degree, maxCost, seed }) => {
        const below = seeded(seed + 1);
        const skipCost = Float64Array.from({ length: rows }, () => below(2 * maxCost));
        const problem = { ...randomProblem(rows, columns, degree, maxCost, seed), skipCost };
        expect(checkOptimality(problem, solveAssignment(problem))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('proves long rows, whose cheapest edges lie apart: the same columns cheap for all, ties, skips that pay', () => {
    const kinds: readonly ((row: number, column: number, below: (limit: number) => number) => number)[] = [
      (_, __, below) => below(1_000_000),
      (_, __, below) => below(4),
      (row, column) => (row + 1) * (column + 1),
      (_, column, below) => column * 1000 + below(3),
      (_, column) => (column % 50 === 0 ? 0 : 500),
    ];
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 90 }),
      columns: fc.integer({ min: 65, max: 180 }),
      kind: fc.nat({ max: kinds.length - 1 }),
      isComplete: fc.boolean(),
      skip: fc.constantFrom(3, 40, 1000, 1_000_000_000),
      seed: fc.integer({ min: 0, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(sizes, ({ rows, columns, kind, isComplete, skip, seed }) => {
        const below = seeded(seed);
        const edges = Array.from({ length: rows }, (_, row) =>
          Array.from({ length: columns }, (__, column): Edge => [column, kinds[kind](row, column, below)]).filter(
            () => isComplete || below(10) > 0,
          ),
        );
        const problem = problemOf(columns, edges, skip);
        expect(checkOptimality(problem, solveAssignment(problem))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same solution whatever the order of the edges of a row', () => {
    fc.assert(
      fc.property(smallProblems(true), (problem) => {
        const reversed = problemOf(
          problem.columns,
          Array.from({ length: problem.rows }, (_, row) =>
            Array.from({ length: problem.rowStart[row + 1] - problem.rowStart[row] }, (__, index): Edge => {
              const edge = problem.rowStart[row + 1] - 1 - index;
              return [problem.column[edge], problem.cost[edge]];
            }),
          ),
          [...problem.skipCost],
        );
        expect(solveAssignment(reversed)).toEqual(solveAssignment(problem));
      }),
      { numRuns: 500 },
    );
  });

  it('proves large random instances, with few edges and many, with ties and without', () => {
    for (const [rows, columns, degree, maxCost] of [
      [400, 440, 5, 10],
      [400, 300, 8, 1_000_000],
      [150, 150, 150, 3],
      [150, 200, 120, 100_000],
    ]) {
      const problem = randomProblem(rows, columns, degree, maxCost, rows + degree);
      expect(checkOptimality(problem, solveAssignment(problem))).toEqual([]);
    }
  });

  it('displaces a row where that is cheaper for both', () => {
    const solution = solveAssignment(problemOf(2, [[[0, 1], [1, 2]], [[0, 1], [1, 9]]], 100)); // prettier-ignore
    expect([...solution.columnOfRow]).toEqual([1, 0]);
    expect(solution.totalCost).toBe(3);
  });

  it('skips a row that was placed where a later row needs its column more', () => {
    const solution = solveAssignment(problemOf(1, [[[0, 0]], [[0, 0]]], [5, 9]));
    expect([...solution.columnOfRow]).toEqual([-1, 0]);
    expect([...solution.rowOfColumn]).toEqual([1]);
    expect([...solution.rowPotential]).toEqual([5, 9]);
    expect([...solution.columnPotential]).toEqual([-9]);
  });

  it('skips every row where there are no edges', () => {
    const solution = solveAssignment(problemOf(3, [[], [], []], [1, 2, 3]));
    expect([...solution.columnOfRow]).toEqual([-1, -1, -1]);
    expect(solution.totalCost).toBe(6);
  });

  it('solves the problem of no rows and no columns', () => {
    expect(solveAssignment(problemOf(0, [], 0)).totalCost).toBe(0);
  });

  it('takes the columns in order where all is equal', () => {
    const all: Edge[] = [[2, 7], [0, 7], [1, 7]]; // prettier-ignore
    const solution = solveAssignment(problemOf(3, [all, all, all, all], 7));
    expect([...solution.columnOfRow]).toEqual([0, 1, 2, -1]);
  });

  it('takes a column rather than a skip of the same cost', () => {
    expect([...solveAssignment(problemOf(1, [[[0, 4]]], 4)).columnOfRow]).toEqual([0]);
  });

  it('gives the one column of many rows to the row that saves most', () => {
    const rows = 2000;
    const edges = Array.from({ length: rows }, (): Edge[] => [[0, 10]]);
    const skipCost = Array.from({ length: rows }, (_, row) => (row === 1234 ? 500 : 100 + (row % 300)));
    const problem = problemOf(1, edges, skipCost);
    const solution = solveAssignment(problem);
    expect(solution.rowOfColumn[0]).toBe(1234);
    expect(checkOptimality(problem, solution)).toEqual([]);
  });

  it('solves a long chain of displacements', () => {
    const rows = 3000;
    const edges = Array.from({ length: rows }, (_, row): Edge[] => (row === rows - 1 ? [[0, 0]] : [[row, 0], [row + 1, 1]])); // prettier-ignore
    const problem = problemOf(rows, edges, 1_000_000);
    const solution = solveAssignment(problem);
    expect(solution.totalCost).toBe(rows - 1);
    expect(checkOptimality(problem, solution)).toEqual([]);
  });

  it('solves what calls for an endless bidding war: equal rows, one column too few, costs far apart', () => {
    const rows = 60;
    const edges = Array.from({ length: rows }, (_, row) =>
      Array.from({ length: rows - 1 }, (__, column): Edge => [column, column * 1_000_000 + (row % 2)]),
    );
    const problem = problemOf(rows - 1, edges, 1_000_000_000);
    expect(checkOptimality(problem, solveAssignment(problem))).toEqual([]);
  });
});

describe('solveAssignment refuses', () => {
  const good = problemOf(2, [[[0, 1], [1, 2]], [[1, 3]]], 9); // prettier-ignore
  const refusalOf = (change: Partial<AssignmentProblem>): AssignmentProblemError => {
    try {
      solveAssignment({ ...good, ...change });
    } catch (error) {
      if (error instanceof AssignmentProblemError) return error;
      throw error;
    }
    throw new Error('It was solved.');
  };

  it.each([
    [
      'a cost that is no integer, naming row and edge',
      { cost: Float64Array.of(1, 2, 3.5) },
      'cost of edge 2 of row 1 must be a safe integer, not 3.5.',
      1,
      2,
    ],
    [
      'a cost that is no number',
      { cost: Float64Array.of(1, NaN, 3) },
      'cost of edge 1 of row 0 must be a safe integer, not NaN.',
      0,
      1,
    ],
    [
      'an endless skip cost',
      { skipCost: Float64Array.of(9, Infinity) },
      'skipCost of row 1 must be a safe integer, not Infinity.',
      1,
      undefined,
    ],
    [
      'a column that is not there',
      { column: Int32Array.of(0, 1, 2) },
      'Edge 2 of row 1 goes to column 2; there are 2.',
      1,
      2,
    ],
    ['a negative column', { column: Int32Array.of(0, -1, 1) }, 'Edge 1 of row 0 goes to column -1; there are 2.', 0, 1],
    ['rows that overlap', { rowStart: Int32Array.of(0, 4, 3) }, 'rowStart falls after row 1.', 1, undefined],
    ['rows that begin late', { rowStart: Int32Array.of(1, 2, 3) }, 'rowStart must begin with 0, not 1.', 0, undefined],
    [
      'edges of no row',
      { rowStart: Int32Array.of(0, 1, 2) },
      'rowStart must end with the number of edges 3, not 2.',
      undefined,
      undefined,
    ],
    [
      'a row without start',
      { rowStart: Int32Array.of(0, 3) },
      'rowStart must have 3 entries, not 2.',
      undefined,
      undefined,
    ],
    [
      'a row without skip cost',
      { skipCost: Float64Array.of(9) },
      'skipCost must have 2 entries, not 1.',
      undefined,
      undefined,
    ],
    [
      'an edge without cost',
      { cost: Float64Array.of(1, 2) },
      'column has 3 entries and cost 2: they must be as many.',
      undefined,
      undefined,
    ],
    ['half a row', { rows: 1.5 }, 'rows must be a whole number from 0, not 1.5.', undefined, undefined],
    ['negative columns', { columns: -1 }, 'columns must be a whole number from 0, not -1.', undefined, undefined],
  ])('%s', (_, change, message, row, edge) => {
    const refusal = refusalOf(change);
    expect(refusal.message).toBe(message);
    expect([refusal.row, refusal.edge]).toEqual([row, edge]);
  });

  it('costs whose sums would not be exact', () => {
    expect(refusalOf({ skipCost: Float64Array.of(9, Number.MAX_SAFE_INTEGER) }).message).toMatch(
      /too large to be added exactly/,
    );
  });
});
