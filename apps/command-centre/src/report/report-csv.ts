import { byteOrderMark, csvRecord } from '@yizhan/print';
import { type Cell, type CellKind, localTime, type Table } from './table.js';

/** One table as CSV: durations in seconds, instants on the clock of the area, nothing where nothing is known. */
export function csvOf({ columns, rows }: Table, utcOffsetMinutes: number): string {
  const written = (kind: CellKind, cell: Cell): Cell => {
    if (typeof cell !== 'number') return cell;
    if (kind === 'day') return localTime(cell, utcOffsetMinutes).slice(0, 10);
    return kind === 'instant' || kind === 'hour' ? localTime(cell, utcOffsetMinutes) : cell;
  };
  const lines = rows.map((row) => csvRecord(row.map((cell, index) => written(columns[index]?.kind ?? 'text', cell))));
  return byteOrderMark + csvRecord(columns.map(({ title }) => title)) + lines.join('');
}
