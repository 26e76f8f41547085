import type { NewEvent } from '@yizhan/event-log';
import type { Transaction } from '@yizhan/persistence';
import type { Change } from '../../changes/changes.js';
import type { SealedData } from '../../personal-data/personal-data.js';
import type { Fault } from '../columns.js';
import type { Columns, Numbered, RowOf } from '../read-rows.js';

/** For whom a caller may bring rows in. */
export interface SheetScope {
  /** Undefined stands for all. */
  readonly areas?: readonly string[];
  /** The stations that he may announce trucks for; undefined stands for all. */
  readonly stations?: readonly string[];
  /** A carrier brings in its own alone. */
  readonly carrierId?: string;
  /** So does an enterprise. */
  readonly enterpriseId?: string;
}

/** What is imported from one kind of sheet, and how. */
export interface SheetKind<C extends Columns = Columns> {
  readonly name: string;
  readonly columns: C;
  /** What is wrong with rows that can be read: with one another, and with what is there. Changes nothing. */
  check(tx: Transaction, rows: readonly Numbered<RowOf<C>>[], scope: SheetScope): Promise<Fault[]>;
  /** What waits for files and so is made before the transaction: personal data, encrypted. */
  seal?(rows: readonly Numbered<RowOf<C>>[]): Promise<readonly SealedData[]>;
  /** Writes every row, and tells what has happened. */
  write(change: Change, rows: readonly Numbered<RowOf<C>>[], brought: Brought): Promise<readonly NewEvent[]>;
}

/** Who brings the sheet, and what was sealed of it. */
export interface Brought {
  /** Subject of the token. */
  readonly by: string;
  readonly sealed: readonly SealedData[];
}

/** A fault for each later row that has the same as an earlier one. */
export function twice<Row>(
  rows: readonly Numbered<Row>[],
  column: keyof Row & string,
  keyOf: (row: Row) => string | undefined,
): Fault[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ number, row }) => {
    const key = keyOf(row);
    if (key === undefined) return [];
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, number);
      return [];
    }
    return [{ row: number, column, reason: 'twice', message: `is in row ${before} too` }];
  });
}

/** A fault for each row whose value is not among those that are known. */
export function unknown<Row>(
  rows: readonly Numbered<Row>[],
  column: keyof Row & string,
  isKnown: (row: Row) => boolean,
  message: string,
  reason = 'unknown',
): Fault[] {
  return rows.filter(({ row }) => !isKnown(row)).map(({ number }) => ({ row: number, column, reason, message }));
}
