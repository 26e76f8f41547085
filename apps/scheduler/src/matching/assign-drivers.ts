import { type AssignmentProblem, solveAssignment } from '@yizhan/assignment';
import type { DriverPicture } from '../picture/area-picture.js';
import { largestCost, skipCostOf } from './costs.js';
import type { Option } from './find-candidates.js';
import type { WaitingRow } from './waiting-rows.js';

/** By row, what it gets. */
export type Plan = readonly (Option | undefined)[];

/** The rows as an assignment problem. */
export interface DriverProblem {
  readonly problem: AssignmentProblem;
  /** By column, its driver; in the order of ids. */
  readonly drivers: readonly DriverPicture[];
}

/** Gives each row at most one of its options and each driver at most one row, at the least cost. Rows come most urgent first; of equal drivers the lower id is taken. */
export function assignDrivers(rows: readonly WaitingRow[]): (Option | undefined)[] {
  const { problem, drivers } = problemOf(rows);
  if (drivers.length === 0) return rows.map(() => undefined);
  const { columnOfRow } = solveAssignment(problem);
  return rows.map(({ options }, row) => options.find(({ driver }) => driver === drivers[columnOfRow[row]]));
}

/** @param kept a plan from which no more rows differ than the least cost asks for */
export function problemOf(rows: readonly WaitingRow[], kept?: Plan): DriverProblem {
  const columns = columnsOf(rows);
  const edges = rows.reduce((sum, { options }) => sum + options.length, 0);
  const rowStart = new Int32Array(rows.length + 1);
  const column = new Int32Array(edges);
  const cost = new Float64Array(edges);
  const skipCost = new Float64Array(rows.length);
  // One second more is worse than a change in every row.
  const scale = kept ? rows.length + 1 : 1;
  let edge = 0;
  rows.forEach(({ options }, row) => {
    for (const option of options) {
      column[edge] = columns.get(option.driver) ?? 0;
      cost[edge] = option.cost * scale + (kept && kept[row]?.driver !== option.driver ? 1 : 0);
      edge += 1;
    }
    rowStart[row + 1] = edge;
    skipCost[row] = skipCostOf(row, rows.length, (largestCost + 1) * scale);
  });
  return {
    problem: { rows: rows.length, columns: columns.size, rowStart, column, cost, skipCost },
    drivers: [...columns.keys()],
  };
}

/** A column a driver, in the order of ids. */
function columnsOf(rows: readonly WaitingRow[]): Map<DriverPicture, number> {
  const seen = new Set<readonly Option[]>();
  const drivers = new Set<DriverPicture>();
  for (const { options } of rows) {
    if (seen.has(options)) continue;
    seen.add(options);
    for (const { driver } of options) drivers.add(driver);
  }
  const sorted = [...drivers].toSorted((one, other) => (one.driverId < other.driverId ? -1 : 1));
  return new Map(sorted.map((driver, index) => [driver, index]));
}
