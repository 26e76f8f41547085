import fc from 'fast-check';
import { bruteForceTotal, problemOf } from '../../test/problems.js';
import { chosenFrom, type EventSettings, RandomEvents, seeded } from '../../test/live-events.js';
import { AssignmentProblemError } from '../assignment-problem-error.js';
import type { AssignmentProblem } from '../assignment-problem.js';
import { checkOptimality } from '../check-optimality.js';
import { solveAssignment } from '../solve-assignment.js';
import { LiveAssignment } from './live-assignment.js';

const families: Record<string, EventSettings> = {
  'few ties': { maxRows: 6, maxColumns: 6, cost: (choose) => choose(2001) - 1000 },
  'many ties': { maxRows: 7, maxColumns: 6, cost: (choose) => choose(4) },
  'all equal': { maxRows: 8, maxColumns: 5, cost: () => 1 },
  'skips that hardly pay': { maxRows: 6, maxColumns: 8, cost: (choose) => (choose(5) === 0 ? 1_000_000 : choose(9)) },
};

/** In a full run a million events in all; otherwise enough to catch what breaks. */
const eventsOfAll = process.env['YIZHAN_TEST_ASSIGNMENT'] === 'full' ? 1_000_000 : 12_000;

describe('LiveAssignment', () => {
  describe.each(Object.entries(families))('with %s', (_, settings) => {
    it('has the total that trying everything finds, and proves it, after every event', () => {
      fc.assert(
        fc.property(fc.array(fc.nat({ max: 4000 }), { minLength: 20, maxLength: 400 }), (numbers) => {
          const live = new LiveAssignment();
          const events = new RandomEvents(live, chosenFrom(numbers), { ...settings, maxRows: 5, maxColumns: 5 });
          for (let count = 0; count < 25; count += 1) {
            events.next();
            const { problem, solution } = live.snapshot();
            expect(sorted(problem)).toEqual(events.problem());
            expect(live.totalCost).toBe(bruteForceTotal(problem));
            expect(checkOptimality(problem, solution)).toEqual([]);
          }
        }),
        { numRuns: 25 },
      );
    });

    it(
      'has the total of a solution from scratch after every one of many events',
      () => {
        const live = new LiveAssignment();
        const events = new RandomEvents(live, seeded(5), settings);
        let wrong = 0;
        for (let count = 0; count < eventsOfAll / Object.keys(families).length; count += 1) {
          const event = events.next();
          const total = solveAssignment(events.problem()).totalCost;
          if (total === live.totalCost) continue;
          wrong += 1;
          if (wrong === 1) console.error(`Event ${count} (${event}): ${live.totalCost}, not ${total}`);
        }
        expect(wrong).toBe(0);
      },
      30 * 60_000,
    );
  });

  it('proves every one of many events where most rows cannot have a column', () => {
    const live = new LiveAssignment();
    const events = new RandomEvents(live, seeded(8), { maxRows: 40, maxColumns: 15, cost: (choose) => choose(6) });
    for (let count = 0; count < 1500; count += 1) {
      events.next();
      const { problem, solution } = live.snapshot();
      expect(sorted(problem)).toEqual(events.problem());
      expect(checkOptimality(problem, solution)).toEqual([]);
    }
  });

  it('leads to the same assignment by the same changes', () => {
    const run = (): LiveAssignment => {
      const live = new LiveAssignment();
      const events = new RandomEvents(live, seeded(3), { maxRows: 20, maxColumns: 15, cost: (choose) => choose(4) });
      for (let count = 0; count < 500; count += 1) events.next();
      return live;
    };
    expect(run().snapshot()).toEqual(run().snapshot());
  });

  it('goes on from a problem that was solved, and from a snapshot that was kept', () => {
    const first = LiveAssignment.of(problemOf(2, [[[0, 5], [1, 8], [0, 7]], [[0, 6]]], 100)); // prettier-ignore
    expect([first.columnOf(0), first.columnOf(1), first.totalCost]).toEqual([1, 0, 14]);
    expect(first.costOf(0, 0)).toBe(5);
    first.removeColumn(1);
    const { problem, solution } = first.snapshot();
    const second = LiveAssignment.of(problem, solution);
    expect(second.totalCost).toBe(105);
    second.addColumn([1], [1]);
    expect(second.totalCost).toBe(6);
    expect(() => LiveAssignment.of(problem, { ...solution, totalCost: 1 })).toThrow(
      /no proven optimum: The total cost/,
    );
  });

  it('names the rows whose column changed, each once, and no other', () => {
    const live = new LiveAssignment();
    const [first, second] = [live.addColumn([], []), live.addColumn([], [])];
    const one = live.addRow([first], [3], 100);
    const other = live.addRow([first, second], [1, 9], 100);
    live.addRow([], [], 100);
    expect(new Set(live.takeChangedRows())).toEqual(new Set([one, other, 2]));
    live.setCost(other, second, 8);
    live.setSkipCost(one, 90);
    live.removeRow(2);
    expect(live.takeChangedRows()).toEqual([]);
    // Now only one of them can have a column, and to skip the other costs more.
    live.removeColumn(second);
    expect(new Set(live.takeChangedRows())).toEqual(new Set([one, other]));
    expect([live.columnOf(one), live.columnOf(other)]).toEqual([-1, first]);
  });

  it('gives a row a column rather than none where an edge shows that both cost the same', () => {
    const live = new LiveAssignment();
    const [taken, free] = [live.addColumn([], []), live.addColumn([], [])];
    const first = live.addRow([taken], [100], 100);
    expect(live.columnOf(first)).toBe(taken);
    // To take the other's column would cost as much, and leave the other without.
    const second = live.addRow([taken, free], [90, 90], 100);
    expect([live.columnOf(first), live.columnOf(second)]).toEqual([taken, free]);
    // The one after takes the first one's column, who then costs 130 either way: seen first without a column, then with one.
    const dear = live.addColumn([first], [130]);
    live.setSkipCost(first, 130);
    const third = live.addRow([taken], [110], 500);
    expect([live.columnOf(first), live.columnOf(third), live.totalCost]).toEqual([dear, taken, 330]);
  });

  it('gives a number again that was given back, and keeps it where edges are replaced', () => {
    const live = new LiveAssignment();
    const column = live.addColumn([], []);
    const row = live.addRow([column], [1], 9);
    live.replaceRow(row, [column], [2], 8);
    live.replaceColumn(column, [row], [3]);
    expect([live.columnOf(row), live.rowOf(column), live.costOf(row, column), live.skipCostOf(row)]).toEqual([
      column,
      row,
      3,
      8,
    ]);
    live.removeRow(row);
    expect(live.rowOf(column)).toBe(-1);
    expect(live.addRow([], [], 1)).toBe(row);
    expect([live.rowCount, live.columnCount, live.totalCost]).toEqual([1, 1, 1]);
  });

  it('explains: what a column more would save, and what insisting on an edge would cost', () => {
    const live = LiveAssignment.of(problemOf(1, [[[0, 4]], [[0, 4]]], [50, 70]));
    expect(-live.columnPotential(0)).toBe(66);
    expect([live.rowPotential(0), live.rowPotential(1)]).toEqual([50, 70]);
    expect((live.costOf(0, 0) ?? 0) - live.rowPotential(0) - live.columnPotential(0)).toBe(20);
  });
});

describe('LiveAssignment refuses, and changes nothing', () => {
  it.each<[string, (live: LiveAssignment) => unknown, string]>([
    ['a row that is not there', (live) => live.removeRow(2), 'There is no row 2.'],
    ['a row that is no number of one', (live) => live.setSkipCost(0.5, 1), 'There is no row 0.5.'],
    ['a column that is gone', (live) => live.columnPotential(1), 'There is no column 1.'],
    ['an edge to a column that is gone', (live) => live.addRow([0, 1], [1, 1], 1), 'There is no column 1.'],
    ['an edge to a row that never was', (live) => live.replaceColumn(0, [-1], [1]), 'There is no row -1.'],
    ['two edges to one column', (live) => live.addRow([0, 0], [1, 2], 1), 'Two edges go to 0.'],
    ['an edge without cost', (live) => live.addRow([0], [], 1), 'There are 1 ends of edges and 0 costs.'],
    ['half a cost', (live) => live.setCost(0, 0, 0.5), 'A cost must be a safe integer, not 0.5.'],
    [
      'a skip cost without end',
      (live) => live.setSkipCost(0, Infinity),
      'A cost must be a safe integer, not Infinity.',
    ],
    ['a cost that is no number', (live) => live.addColumn([0], [NaN]), 'A cost must be a safe integer, not NaN.'],
    [
      'costs whose sum would not be exact',
      (live) => live.replaceRow(0, [0], [1], Number.MAX_SAFE_INTEGER),
      'A cost of 9007199254740991 is too large to be added exactly: at most 1501199875790165 with 2 rows.',
    ],
  ])('%s', (_, change, message) => {
    const live = LiveAssignment.of(problemOf(2, [[[0, 4], [1, 3]], [[0, 4]]], [50, 70])); // prettier-ignore
    live.removeColumn(1);
    const before = live.snapshot();
    expect(() => change(live)).toThrow(new AssignmentProblemError(message));
    expect(live.snapshot()).toEqual(before);
    expect(() => live.setSkipCost(0, 60)).not.toThrow();
  });
});

function sorted({ rows, columns, rowStart, column, cost, skipCost }: AssignmentProblem): AssignmentProblem {
  const edges = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: rowStart[row + 1] - rowStart[row] }, (__, at): [number, number] => [
      column[rowStart[row] + at],
      cost[rowStart[row] + at],
    ]).toSorted(([a], [b]) => a - b),
  );
  return problemOf(columns, edges, [...skipCost]);
}
