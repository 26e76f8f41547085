import type { AreaPicture } from '../picture/area-picture.js';
import { assignDrivers, type Plan } from './assign-drivers.js';
import { type ExpectedRow, expectedRows, inOneOrder } from './expected-rows.js';
import type { CandidateSearch } from './find-candidates.js';
import { type ForecastRow, forecastRows } from './forecast-rows.js';
import type { WaitingRow } from './waiting-rows.js';
import { type LaneRoom, planWithin } from './within-throttles.js';

/** Who competes for drivers: handoffs that wait, announced trucks that are about to arrive, and trucks that usually come. */
export type AreaRow = WaitingRow | ExpectedRow | ForecastRow;

export interface AreaPlan {
  /** Those that are forecast at the end. */
  readonly rows: readonly AreaRow[];
  /** By row. */
  readonly plan: Plan;
  /** When what is expected changes by time alone, epoch milliseconds. */
  readonly lookAgainAt: number | undefined;
}

/**
 * The plan of an area at one instant. That trucks are forecast changes who drives and not how many get a driver: a row that has somebody
 * without them has somebody with them, and as many on each throttled lane.
 * @param waiting most urgent first
 */
export function planArea(
  picture: AreaPicture,
  now: number,
  search: CandidateSearch,
  waiting: readonly WaitingRow[],
  rooms: readonly LaneRoom[],
): AreaPlan {
  const expected = expectedRows(picture, now, search);
  const within = planWithin(picture, inOneOrder(waiting, expected.rows), rooms);
  const forecast = forecastRows(picture, now, search, within.rows);
  const lookAgainAt = Math.min(expected.lookAgainAt ?? Infinity, forecast.lookAgainAt ?? Infinity);
  const rows = [...within.rows, ...forecast.rows];
  return {
    rows,
    plan: forecast.rows.length > 0 ? assignDrivers(rows) : within.plan,
    lookAgainAt: lookAgainAt < Infinity ? lookAgainAt : undefined,
  };
}
