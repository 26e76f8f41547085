import type { Column, Fault } from './columns.js';
import { formulaMark } from './files/read-xlsx.js';
import { type Sheet, type SheetRow, unusable } from './files/sheet.js';
import { asItWas } from './files/write-sheet.js';

export type Columns = Readonly<Record<string, Column>>;

/** A row as its columns read it. */
export type RowOf<C extends Columns> = {
  readonly [K in keyof C]: C[K] extends Column<infer V> ? V : never;
};

export interface Numbered<Row> {
  readonly number: number;
  readonly row: Row;
}

export interface ReadRows<Row> {
  /** Rows without a fault of their own. */
  readonly rows: readonly Numbered<Row>[];
  readonly faults: readonly Fault[];
  readonly count: number;
}

/** What a column is headed with in our own sheets; its title or its key alone will do. */
export const headOf = (key: string, { title, required }: Column): string => `${title} ${key}${required ? ' *' : ''}`;

/** Reads every cell; all faults of a row are told, not the first alone. @throws Problem `SHEET.COLUMNS` for the header. */
export function readRows<C extends Columns>(columns: C, sheet: Sheet): ReadRows<RowOf<C>> {
  const places = placesOf(columns, sheet.header);
  const faults: Fault[] = [];
  const rows: Numbered<RowOf<C>>[] = [];
  for (const row of sheet.rows) {
    const before = faults.length;
    const values: Record<string, unknown> = {};
    for (const [key, column] of Object.entries(columns)) {
      const read = readCell(column, cellAt(row, places.get(key)));
      if ('value' in read) values[key] = read.value;
      else faults.push({ row: row.number, column: key, ...read });
    }
    if (faults.length === before) rows.push({ number: row.number, row: values as RowOf<C> });
  }
  return { rows, faults, count: sheet.rows.length };
}

function readCell(column: Column, cell: string): ReturnType<Column['read']> {
  if (cell === formulaMark) return { reason: 'formula', message: 'holds a formula: put in its value' };
  if (cell === '' && column.required) return { reason: 'missing', message: 'is missing' };
  return column.read(asItWas(cell));
}

const cellAt = ({ cells }: SheetRow, place: number | undefined): string =>
  place === undefined ? '' : (cells[place] ?? '');

/** Names of the columns that we add ourselves: whoever sends such a sheet again has mended it. */
export const reasonHead = '错误 reason';

function placesOf(columns: Columns, header: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const unknown: string[] = [];
  for (const [place, head] of header.entries()) {
    if (head === '' || head === reasonHead) continue;
    const key = Object.entries(columns).find(([name, column]) => isHead(name, column, head))?.[0];
    if (key === undefined) unknown.push(`column ${place + 1}`);
    else if (places.has(key)) throw unusable('SHEET.COLUMNS', `the sheet has the column ${key} twice`, { column: key });
    else places.set(key, place);
  }
  const missing = Object.keys(columns).filter((key) => columns[key]?.required && !places.has(key));
  if (unknown.length === 0 && missing.length === 0) return places;
  const says = [
    ...(missing.length > 0 ? [`lacks ${missing.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`has columns that it does not know: ${unknown.join(', ')}`] : []),
  ];
  throw unusable('SHEET.COLUMNS', `the sheet ${says.join(' and ')}`, { missing, known: Object.keys(columns) });
}

function isHead(key: string, column: Column, head: string): boolean {
  const plain = head.replace(/\s*\*$/u, '').toLowerCase();
  return [key, column.title, `${column.title} ${key}`].some((name) => name.toLowerCase() === plain);
}
