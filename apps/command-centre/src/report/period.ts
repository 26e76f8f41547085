import { parseInstant, Problem } from '@yizhan/kernel';

export const spans = ['day', 'week'] as const;
export type Span = (typeof spans)[number];

const minute = 60_000;
const hour = 60 * minute;
export const day = 24 * hour;
/** 1970-01-01 was a Thursday; weeks begin on Mondays. */
const daysSinceMonday = 3;
const earliest = Date.UTC(2000, 0, 1);

/** From the first instant to the first one after it, epoch milliseconds. */
export interface Period {
  readonly from: number;
  readonly to: number;
  readonly span: Span;
  /** Whether nothing can happen in it any more; what is told late may still be counted in it. */
  readonly isOver: boolean;
}

/** What is asked for: a local day, or the week of one; the last one that is over where nothing is said. */
export interface AskedPeriod {
  readonly day?: string | undefined;
  readonly span: Span;
  /** Whole hours, as figures are counted by the UTC hour; 480 for China. */
  readonly utcOffsetMinutes: number;
}

/** @throws Problem `REPORT.BAD_PERIOD` where it has not begun, is too long ago, or days do not begin with an hour. */
export function periodOf({ day: named, span, utcOffsetMinutes }: AskedPeriod, now: number): Period {
  if (utcOffsetMinutes % 60 !== 0) throw bad('figures are counted by the UTC hour: utcOffsetMinutes are whole hours');
  const offset = utcOffsetMinutes * minute;
  const length = span === 'week' ? 7 * day : day;
  const today = Math.floor((now + offset) / day);
  const asked = named === undefined ? today : dayNumber(named);
  const begins = span === 'week' ? asked - ((asked + daysSinceMonday) % 7) : asked;
  const from = begins * day - offset - (named === undefined ? length : 0);
  if (from > now) throw bad(`the ${span} has not begun`);
  if (from < earliest) throw bad('a report is of the year 2000 or later');
  return { from, to: from + length, span, isOver: from + length <= now };
}

function dayNumber(named: string): number {
  const midnight = parseInstant(`${named}T00:00:00Z`);
  // 2026-02-30 is read as the second of March.
  if (midnight === undefined || !new Date(midnight).toISOString().startsWith(named)) throw bad(`${named} is no day`);
  return midnight / day;
}

const bad = (message: string): Problem => new Problem('invalid', 'REPORT.BAD_PERIOD', message);
