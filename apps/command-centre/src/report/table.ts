/** What a cell holds: counts and shares as they are, durations in seconds, instants as epoch milliseconds. */
export type Cell = string | number | null;

export type CellKind = 'text' | 'count' | 'mean' | 'change' | 'percent' | 'duration' | 'instant' | 'day' | 'hour';

export interface Column {
  readonly title: string;
  readonly kind: CellKind;
}

/** Names of the tables, as they are asked for. */
export const reportTables = [
  'summary',
  'times',
  'days',
  'hours',
  'stations',
  'causes',
  'exceptions',
  'alerts',
  'alert_list',
  'capacity',
  'figures',
] as const;
export type ReportTable = (typeof reportTables)[number];

export interface Table {
  readonly name: ReportTable;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** How many rows paper has room for; the workbook has all. */
  readonly mostOnPaper: number;
}

/** A report in one language, whichever way it is shown. */
export interface ReportDocument {
  readonly title: string;
  readonly lines: readonly string[];
  readonly tables: readonly Table[];
  /** What the figures do not say. */
  readonly notes: readonly string[];
}

const minute = 60_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-03-02 08:00`, as a clock on the wall shows it there. */
export const localTime = (instant: number, utcOffsetMinutes: number): string =>
  new Date(instant + utcOffsetMinutes * minute).toISOString().slice(0, 16).replace('T', ' ');

/** As the console shows it: minutes and seconds below ten minutes, else hours and minutes. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 600) return `${Math.floor(whole / 60)}′${two(whole % 60)}″`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
}

/** A cell as paper shows it. */
export function cellText(kind: CellKind, cell: Cell, utcOffsetMinutes: number): string {
  if (cell === null) return '–';
  if (typeof cell === 'string') return cell;
  switch (kind) {
    case 'mean':
      return String(Math.round(cell * 10) / 10);
    case 'percent':
      return `${Math.round(cell * 10) / 10} %`;
    case 'change':
      return `${cell > 0 ? '+' : ''}${Math.round(cell)} %`;
    case 'duration':
      return durationText(cell);
    case 'instant':
      return localTime(cell, utcOffsetMinutes).slice(5);
    case 'day':
      return localTime(cell, utcOffsetMinutes).slice(0, 10);
    case 'hour':
      return localTime(cell, utcOffsetMinutes).slice(5);
    case 'text':
    case 'count':
      return String(cell);
    default:
      return kind satisfies never;
  }
}
