import type { BoardFacts } from './standings.js';

const hour = 3_600_000;
const day = 24 * hour;

/** Trucks that left in the last full hour, beside those of the same hour of the days before. */
export interface AgainstDaysBefore {
  /** Beginning of the hour, RFC 3339. */
  readonly hour: string;
  readonly now: number;
  /** Absent where nothing is known of that day. */
  readonly yesterday?: number;
  /** Mean of the days before of which something is known, today not among them. */
  readonly usual?: number;
}

/** A day counts from the first hour of which anything is known: before it nobody counted, which is not none. */
export function againstDaysBefore({ hours }: Pick<BoardFacts, 'hours'>, to: string): AgainstDaysBefore {
  const last = Date.parse(to) - 2 * hour;
  const first = Math.min(...hours.map((each) => Date.parse(each.hour)));
  const leftAt = (at: number): number =>
    hours.filter((each) => Date.parse(each.hour) === at).reduce((total, { departures }) => total + departures, 0);
  const before = [1, 2, 3, 4, 5, 6].map((days) => last - days * day).filter((at) => at >= first);
  const counts = before.map(leftAt);
  return {
    hour: new Date(last).toISOString(),
    now: leftAt(last),
    ...(counts[0] !== undefined && { yesterday: counts[0] }),
    ...(counts.length > 0 && { usual: counts.reduce((total, count) => total + count, 0) / counts.length }),
  };
}
