import { Injectable } from '@nestjs/common';
import { csvType, type UploadedFile } from '@yizhan/http';
import { Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { Changes, type StationRequest } from '../changes/changes.js';
import type { Fault } from './columns.js';
import { readCsv } from './files/read-csv.js';
import { type Columns, readRows, type ReadRows, type RowOf } from './read-rows.js';
import { readXlsx } from './files/read-xlsx.js';
import type { Sheet } from './files/sheet.js';
import type { SealedData } from '../personal-data/personal-data.js';
import type { SheetKind, SheetScope } from './kinds/sheet-kind.js';

/** What is said of a sheet. */
export interface SheetReport {
  readonly sheet: string;
  readonly rows: number;
  readonly badRows: number;
  /** How many there are; the first of them are listed, in the order of the sheet. */
  readonly faultCount: number;
  readonly faults: readonly Fault[];
}

export interface ImportedSheet {
  readonly sheet: string;
  readonly rows: number;
}

/** A sheet with every fault that it has. */
export interface CheckedSheet {
  readonly sheet: Sheet;
  readonly faults: readonly Fault[];
  readonly report: SheetReport;
}

export const mostFaults = 5_000;

/** Brings a sheet in: every row of it, or, where one is bad, none, with all that is wrong with each. */
@Injectable()
export class ImportSheet {
  constructor(
    private readonly changes: Changes,
    private readonly database: Database,
  ) {}

  /** What an import would say; changes nothing. @throws Problem `SHEET.…` where it is no sheet of this kind. */
  async check<C extends Columns>(kind: SheetKind<C>, file: UploadedFile, scope: SheetScope): Promise<CheckedSheet> {
    const sheet = await read(file);
    const read_ = readRows(kind.columns, sheet);
    const among = await this.database.transaction((tx) => kind.check(tx, read_.rows, scope));
    const faults = inOrder(kind, [...read_.faults, ...among]);
    return { sheet, faults, report: reportOf(kind.name, read_, faults) };
  }

  async execute<C extends Columns>(
    request: StationRequest,
    kind: SheetKind<C>,
    file: UploadedFile,
    scope: SheetScope,
  ): Promise<ImportedSheet> {
    const found = readRows(kind.columns, await read(file));
    const sealed = await this.#seal(kind, found, scope);
    return this.changes.once(request, async (change) => {
      const among = await kind.check(change.tx, found.rows, scope);
      const faults = inOrder(kind, [...found.faults, ...among]);
      if (faults.length > 0) throw badRows(reportOf(kind.name, found, faults));
      if (!sealed)
        throw new Problem('conflict', 'STATE.CHANGED_MEANWHILE', 'what stood against it has gone: try again');
      const events = await kind.write(change, found.rows, { by: request.caller, sealed });
      return { events, answer: { sheet: kind.name, rows: found.count } };
    });
  }

  /** No keys are made for a sheet that is refused, or was brought in before. */
  async #seal<C extends Columns>(
    kind: SheetKind<C>,
    { rows, faults }: ReadRows<RowOf<C>>,
    scope: SheetScope,
  ): Promise<readonly SealedData[] | undefined> {
    if (!kind.seal) return [];
    if (faults.length > 0) return undefined;
    const among = await this.database.transaction((tx) => kind.check(tx, rows, scope));
    return among.length > 0 ? undefined : kind.seal(rows);
  }
}

const read = ({ type, bytes }: UploadedFile): Promise<Sheet> | Sheet =>
  type === csvType ? readCsv(bytes) : readXlsx(bytes);

function badRows(report: SheetReport): Problem {
  const { badRows: bad, rows } = report;
  const message = `nothing was imported: ${bad} of ${rows} rows are bad`;
  return new Problem('invalid', 'SHEET.BAD_ROWS', message, { ...report });
}

function reportOf<C extends Columns>(sheet: string, found: ReadRows<RowOf<C>>, faults: readonly Fault[]): SheetReport {
  return {
    sheet,
    rows: found.count,
    badRows: new Set(faults.map(({ row }) => row)).size,
    faultCount: faults.length,
    faults: faults.slice(0, mostFaults),
  };
}

function inOrder(kind: Pick<SheetKind, 'columns'>, faults: readonly Fault[]): Fault[] {
  const places = new Map(Object.keys(kind.columns).map((key, place) => [key, place]));
  const placeOf = ({ column }: Fault) => places.get(column) ?? 0;
  return faults.toSorted((one, other) => one.row - other.row || placeOf(one) - placeOf(other));
}
