import { type AssignmentProblem, solveAssignment } from '@yizhan/assignment';
import type { DriverPicture } from '../picture/area-picture.js';
import { largestCost, skipCostOf } from './costs.js';
import type { Option } from './find-candidates.js';
import type { WaitingRow } from './waiting-rows.js';

/** What of a row the plan depends on. */
export type PlannedRow = Pick<WaitingRow, 'options' | 'awaited' | 'weightPercent'> & {
  readonly changeable?: readonly Option[];
  /** What it costs at the most that the row has nobody, in seconds of its own; where it is absent, more than all others together. */
  readonly skipSeconds?: number;
};

/** By row, what it gets. */
export type Plan = readonly (Option | undefined)[];

/** The rows as an assignment problem. */
export interface DriverProblem {
  readonly problem: AssignmentProblem;
  /** By column, its driver; in the order of ids. */
  readonly drivers: readonly DriverPicture[];
}

/**
 * Gives each row at most one of its options, or somebody to wait for, and each driver at most one row, at the least cost. Rows
 * come most urgent first; of equal drivers the lower id is taken.
 */
export function assignDrivers(rows: readonly PlannedRow[]): (Option | undefined)[] {
  const { problem, drivers } = problemOf(rows);
  if (drivers.length === 0) return rows.map(() => undefined);
  const { columnOfRow } = solveAssignment(problem);
  return rows.map((row, index) => choiceOf(row, drivers[columnOfRow[index]]));
}

/** What the row has where it has this driver. */
export function choiceOf(row: PlannedRow, driver: DriverPicture | undefined): Option | undefined {
  if (!driver) return undefined;
  for (const options of listsOf(row)) {
    const choice = options.find((option) => option.driver === driver);
    if (choice) return choice;
  }
  return undefined;
}

/** Everybody whom the row may have; no driver is in two of them. */
const listsOf = ({ options, awaited, changeable = [] }: PlannedRow): readonly (readonly Option[])[] => [
  options,
  awaited,
  changeable,
];

/** What of a row its costs depend on. */
type Weighed = Pick<WaitingRow, 'weightPercent'>;

/** What it costs that the row has this option, as it counts among the others: a hundred is a second of a truck without priority. */
export function weighedCost({ weightPercent }: Weighed, { costs }: Option): number {
  return costs.wait * weightPercent + costs.worth * 100;
}

/** The same in seconds of the row's own truck, for people: the more urgent it is, the less counts what else the driver could do. */
export function costFor(row: Weighed, option: Option): number {
  return Math.round(weighedCost(row, option) / row.weightPercent);
}

/** Those that cost the row least, the cheapest first, ties in their order. */
export function cheapestFor(row: Weighed, options: readonly Option[], atMost: number): Option[] {
  const best: { readonly option: Option; readonly cost: number }[] = [];
  for (const option of options) {
    const cost = weighedCost(row, option);
    if (best.length === atMost && best[atMost - 1].cost <= cost) continue;
    let place = best.length;
    while (place > 0 && best[place - 1].cost > cost) place -= 1;
    best.splice(place, 0, { option, cost });
    if (best.length > atMost) best.pop();
  }
  return best.map(({ option }) => option);
}

/** @param kept a plan from which no more rows differ than the least cost asks for */
export function problemOf(rows: readonly PlannedRow[], kept?: Plan): DriverProblem {
  const columns = columnsOf(rows);
  const edges = rows.flatMap(listsOf).reduce((sum, options) => sum + options.length, 0);
  const rowStart = new Int32Array(rows.length + 1);
  const column = new Int32Array(edges);
  const cost = new Float64Array(edges);
  const skipCost = new Float64Array(rows.length);
  // The least difference is worse than a change in every row.
  const scale = kept ? rows.length + 1 : 1;
  const largest = rows.reduce((most, { weightPercent }) => Math.max(most, weightPercent), 100) * largestCost;
  let edge = 0;
  rows.forEach((row, index) => {
    for (const options of listsOf(row)) {
      for (const option of options) {
        column[edge] = columns.get(option.driver) ?? 0;
        cost[edge] = weighedCost(row, option) * scale + (kept && kept[index]?.driver !== option.driver ? 1 : 0);
        edge += 1;
      }
    }
    rowStart[index + 1] = edge;
    const { skipSeconds, weightPercent } = row;
    skipCost[index] =
      skipSeconds === undefined
        ? skipCostOf(index, rows.length, (largest + 1) * scale)
        : skipSeconds * weightPercent * scale;
  });
  return {
    problem: { rows: rows.length, columns: columns.size, rowStart, column, cost, skipCost },
    drivers: [...columns.keys()],
  };
}

/** A column a driver, in the order of ids. */
function columnsOf(rows: readonly PlannedRow[]): Map<DriverPicture, number> {
  const seen = new Set<readonly Option[]>();
  const drivers = new Set<DriverPicture>();
  for (const options of rows.flatMap(listsOf)) {
    if (seen.has(options)) continue;
    seen.add(options);
    for (const { driver } of options) drivers.add(driver);
  }
  const sorted = [...drivers].toSorted((one, other) => (one.driverId < other.driverId ? -1 : 1));
  return new Map(sorted.map((driver, index) => [driver, index]));
}
