import { csvType, type UploadType, xlsxType } from '@yizhan/http';

export const sheetFormats = ['csv', 'xlsx'] as const;
export type SheetFormat = (typeof sheetFormats)[number];

/** A file to be sent back. */
export interface SheetFile {
  readonly type: UploadType;
  readonly name: string;
  readonly bytes: Buffer;
}

/** Writes a sheet: CSV in UTF-8 with a BOM, as spreadsheets want it, or a workbook of texts. */
export async function writeSheet(
  format: SheetFormat,
  name: string,
  lines: readonly (readonly string[])[],
): Promise<SheetFile> {
  return format === 'csv'
    ? { type: csvType, name: `${name}.csv`, bytes: Buffer.from(`\uFEFF${lines.map(csvLine).join('')}`) }
    : { type: xlsxType, name: `${name}.xlsx`, bytes: await workbookOf(name, lines) };
}

/** A spreadsheet would take such a cell for a formula; the apostrophe makes it text. */
const formulaStart = /^[=+\-@\t\r＝＋－＠]/u;

export const harmless = (cell: string): string => (formulaStart.test(cell) ? `'${cell}` : cell);

/** What `harmless` has put before a cell is taken off again where a sheet comes back. */
export const asItWas = (cell: string): string =>
  cell.startsWith("'") && formulaStart.test(cell.slice(1)) ? cell.slice(1) : cell;

const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(cell: string): string {
  const safe = harmless(cell);
  return /[",;\r\n\t]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Cells of a workbook carry their type: a text is never a formula. */
async function workbookOf(name: string, lines: readonly (readonly string[])[]): Promise<Buffer> {
  const { default: ExcelJs } = await import('exceljs');
  const workbook = new ExcelJs.Workbook();
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  for (const line of lines) sheet.addRow([...line]);
  sheet.getRow(1).font = { bold: true };
  for (let column = 1; column <= (lines[0]?.length ?? 0); column += 1) {
    sheet.getColumn(column).numFmt = '@';
    sheet.getColumn(column).width = 22;
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
