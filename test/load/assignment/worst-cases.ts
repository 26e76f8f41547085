import type { Instance } from './instances.js';
import { problemOf } from './instances.js';
import { seeded } from './relay-day.js';

const skip = 1_000_000;

/** What could be slow, by name. */
export function worstCases(): Instance[] {
  const of = (
    name: string,
    rows: number,
    columns: number,
    cost: (row: number, column: number) => number,
  ): Instance => ({
    name,
    family: 'structured',
    problem: problemOf(
      columns,
      Array.from({ length: rows }, (_, row) =>
        Array.from({ length: columns }, (__, column) => [column, cost(row, column)] as const),
      ),
      () => skip,
    ),
    maySkip: true,
  });
  const below = seeded(7);
  return [
    of('no driver at all, 5,000 trucks', 5000, 0, () => 0),
    of('one station with all trucks, 1,000 by 1,100', 1000, 1100, (_, column) => 300 * (column % 5)),
    of('twice as many trucks as drivers, 1,000 by 500', 1000, 500, () => 300 * below(10)),
    of('equal costs everywhere, 1,000 by 1,000', 1000, 1000, () => 300),
    of('equal costs everywhere, twice as many trucks, 1,000 by 500', 1000, 500, () => 300),
  ];
}
