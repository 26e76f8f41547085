/** What a table for spreadsheets holds. */
export type Cell = string | number;

/**
 * A table as spreadsheets read it: RFC 4180 with a byte order mark, without which Excel takes Chinese for something else. A text that a
 * spreadsheet would compute is marked as text.
 */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(written).join(',')}\r\n`).join('')}`;
}

function written(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
