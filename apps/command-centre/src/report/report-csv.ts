import { byteOrderMark, csvRecord } from '@yizhan/print';
import { type Cell, type CellKind, localTime, type Table } from './table.js';

/** Places behind the point that mean something: a percentile is within 1.5 %. */
const places: Readonly<Partial<Record<CellKind, number>>> = { duration: 0, mean: 2, percent: 2, change: 1 };

/** One table as CSV: durations in whole seconds, instants on the clock of the area, nothing where nothing is known. */
export function csvOf({ columns, rows }: Table, utcOffsetMinutes: number): string {
  const written = (kind: CellKind, cell: Cell): Cell => {
    if (typeof cell !== 'number') return cell;
    if (kind === 'day') return localTime(cell, utcOffsetMinutes).slice(0, 10);
    if (kind === 'instant' || kind === 'hour') return localTime(cell, utcOffsetMinutes);
    return Number(cell.toFixed(places[kind] ?? 0));
  };
  const lines = rows.map((row) => csvRecord(row.map((cell, index) => written(columns[index]?.kind ?? 'text', cell))));
  return (
    byteOrderMark +
    csvRecord(columns.map(({ title, kind }) => (kind === 'duration' ? `${title} (s)` : title))) +
    lines.join('')
  );
}
