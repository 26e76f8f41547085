import type { Database } from '@yizhan/persistence';
import { periodOf } from '../reports/period.js';
import type { ReportScope } from '../reports/report-scope.js';

/** A report is of at most a month, and so is what is told of a shift. */
const longest = 31 * 86_400_000;

/** When the shift at a station began: the last handover, or the beginning of the local day where there was none. */
export async function shiftBegan(
  database: Database,
  { code, utcOffsetMinutes }: Pick<ReportScope, 'code' | 'utcOffsetMinutes'>,
  now: number,
): Promise<number> {
  const [last] = await database.rows<{ offered_at: number }>(readLast, [code]);
  return Math.max(last?.offered_at ?? periodOf({}, utcOffsetMinutes, now).from, now - longest);
}

const readLast = `
  SELECT offered_at FROM station.shift_handovers
  WHERE station_code = $1 AND state = 'taken' ORDER BY offered_at DESC LIMIT 1`;
