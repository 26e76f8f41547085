import { parseInstant, Problem, toIso } from '@yizhan/kernel';

/** From the first instant to the first one after it, epoch milliseconds. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** What a request says of the time that it asks for: a local day, or two instants, or nothing for today. */
export interface AskedPeriod {
  readonly day?: string;
  readonly from?: string;
  readonly to?: string;
}

const minute = 60_000;
const day = 1_440 * minute;
/** A month of one area is what fits in one report. */
const longest = 31 * day;
/** The years 2000 to 2100: what lies outside is a slip of the pen. */
const [earliest, latest] = [946_684_800_000, 4_133_980_800_000];

/** @param utcOffsetMinutes of the policy: 480 for China. @throws Problem `invalid`. */
export function periodOf(asked: AskedPeriod, utcOffsetMinutes: number, now: number): Period {
  const period = asPeriod(asked, utcOffsetMinutes, now);
  if (period.from < earliest || period.to > latest) throw unclear('a report is of a time between 2000 and 2100');
  return period;
}

function asPeriod(asked: AskedPeriod, utcOffsetMinutes: number, now: number): Period {
  const { day: named, from, to } = asked;
  if (named !== undefined) {
    if (from !== undefined || to !== undefined) throw unclear('give a day, or from and to, and not both');
    return localDay(named, utcOffsetMinutes);
  }
  if (from === undefined && to === undefined) return dayAround(now, utcOffsetMinutes);
  if (from === undefined || to === undefined) throw unclear('from and to belong together');
  return shiftOf(from, to);
}

/** The day as people at the station count it. */
export function localDay(named: string, utcOffsetMinutes: number): Period {
  const midnight = parseInstant(`${named}T00:00:00Z`);
  // 2026-02-30 is read as the second of March.
  if (midnight === undefined || !sameDay(midnight, named)) throw unclear(`${named} is no day`);
  const from = midnight - utcOffsetMinutes * minute;
  return { from, to: from + day };
}

/** `2026-03-02 08:00:00`, as a clock on the wall of the station shows it. */
export function localTime(instant: number, utcOffsetMinutes: number): string {
  return isoIn(instant, utcOffsetMinutes).slice(0, 19).replace('T', ' ');
}

/** `2026-03-02`. */
export function localDate(instant: number, utcOffsetMinutes: number): string {
  return isoIn(instant, utcOffsetMinutes).slice(0, 10);
}

/** How much of a stretch lies in the period, in milliseconds. */
export function overlap({ from, to }: Period, begins: number, ends: number): number {
  return Math.max(0, Math.min(to, ends) - Math.max(from, begins));
}

export const isWithin = ({ from, to }: Period, instant: number | null): instant is number =>
  instant !== null && instant >= from && instant < to;

function dayAround(now: number, utcOffsetMinutes: number): Period {
  const from = Math.floor((now + utcOffsetMinutes * minute) / day) * day - utcOffsetMinutes * minute;
  return { from, to: from + day };
}

function shiftOf(fromText: string, toText: string): Period {
  const [from, to] = [parseInstant(fromText), parseInstant(toText)];
  if (from === undefined || to === undefined) throw unclear('from and to are RFC 3339 instants');
  if (to <= from) throw unclear('to lies after from');
  if (to - from > longest) throw unclear('a report is of at most 31 days');
  return { from, to };
}

const sameDay = (midnight: number, named: string): boolean => isoIn(midnight, 0).startsWith(named);

const isoIn = (instant: number, utcOffsetMinutes: number): string => toIso(instant + utcOffsetMinutes * minute);

const unclear = (message: string): Problem => new Problem('invalid', 'REPORT.BAD_PERIOD', message);
