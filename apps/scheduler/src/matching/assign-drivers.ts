import { solveAssignment } from '@yizhan/assignment';
import type { DriverPicture } from '../picture/area-picture.js';
import { largestCost, skipCostOf } from './costs.js';
import type { Option } from './find-candidates.js';
import type { WaitingRow } from './waiting-rows.js';

type Plan = readonly (Option | undefined)[];

/**
 * Gives each row at most one of its options and each driver at most one row, at the least cost. Rows come most urgent first; of equal drivers the lower id is taken.
 * @param kept a plan from which no more rows differ than the least cost asks for
 */
export function assignDrivers(rows: readonly WaitingRow[], kept?: Plan): (Option | undefined)[] {
  const columns = columnsOf(rows);
  if (columns.size === 0) return rows.map(() => undefined);
  const edges = rows.reduce((sum, { options }) => sum + options.length, 0);
  const rowStart = new Int32Array(rows.length + 1);
  const column = new Int32Array(edges);
  const cost = new Float64Array(edges);
  const skipCost = new Float64Array(rows.length);
  let edge = 0;
  // One second more is worse than a change in every row.
  const scale = kept ? rows.length + 1 : 1;
  rows.forEach(({ options }, row) => {
    for (const option of options) {
      column[edge] = columns.get(option.driver) ?? 0;
      cost[edge] = option.cost * scale + (kept && kept[row]?.driver !== option.driver ? 1 : 0);
      edge += 1;
    }
    rowStart[row + 1] = edge;
    skipCost[row] = skipCostOf(row, rows.length, (largestCost + 1) * scale);
  });
  const { columnOfRow } = solveAssignment({
    rows: rows.length,
    columns: columns.size,
    rowStart,
    column,
    cost,
    skipCost,
  });
  return rows.map(({ options }, row) => options.find(({ driver }) => columns.get(driver) === columnOfRow[row]));
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
