import { Problem } from '@yizhan/kernel';

/** A sheet as it was sent: its header and its rows, each with the number that a spreadsheet shows. */
export interface Sheet {
  readonly header: readonly string[];
  readonly rows: readonly SheetRow[];
}

export interface SheetRow {
  readonly number: number;
  readonly cells: readonly string[];
}

export const mostRows = 20_000;
export const mostColumns = 60;

/** From the lines of a sheet; blank ones count but are no rows. @throws Problem `SHEET.…` */
export function sheetOf(lines: readonly (readonly string[])[]): Sheet {
  const numbered = lines.map((cells, index) => ({ number: index + 1, cells: cells.map((cell) => cell.trim()) }));
  const [head, ...rows] = numbered.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (!head) throw unusable('SHEET.EMPTY', 'the sheet is empty: the first row names the columns');
  if (rows.length > mostRows) {
    throw unusable('SHEET.TOO_MANY_ROWS', `a sheet has at most ${mostRows} rows: send it in parts`, { mostRows });
  }
  const widest = Math.max(...numbered.map(({ cells }) => cells.length));
  if (widest > mostColumns) {
    throw unusable('SHEET.TOO_MANY_COLUMNS', `a sheet has at most ${mostColumns} columns`, { mostColumns });
  }
  return { header: head.cells, rows };
}

export function unusable(code: string, message: string, details: Record<string, unknown> = {}): Problem {
  return new Problem('invalid', code, message, details);
}
