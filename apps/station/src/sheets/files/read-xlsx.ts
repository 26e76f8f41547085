import { toIso } from '@yizhan/kernel';
import type { CellValue, Workbook } from 'exceljs';
import { type Sheet, sheetOf, mostColumns, mostRows, unusable } from './sheet.js';
import { assertUnpacksSmall, noWorkbook } from './unpacked-size.js';

/** What stands for a cell with a formula: it is never evaluated, and what it once gave is not trusted. */
export const formulaMark = '\u0000formula';

/** Reads the first sheet of an .xlsx workbook. @throws Problem `SHEET.…` */
export async function readXlsx(bytes: Buffer): Promise<Sheet> {
  assertUnpacksSmall(bytes);
  const sheet = (await load(bytes)).worksheets[0];
  if (!sheet) throw noWorkbook();
  if (sheet.rowCount > 2 * mostRows) {
    throw unusable('SHEET.TOO_MANY_ROWS', `a sheet has at most ${mostRows} rows: send it in parts`, { mostRows });
  }
  const lines: string[][] = [];
  sheet.eachRow({ includeEmpty: false }, (row, number) => {
    while (lines.length < number - 1) lines.push([]);
    const width = Math.min(row.cellCount, mostColumns + 1);
    lines.push(Array.from({ length: width }, (_, index) => textOf(row.getCell(index + 1).value)));
  });
  return sheetOf(lines);
}

async function load(bytes: Buffer): Promise<Workbook> {
  const { default: ExcelJs } = await import('exceljs');
  const workbook = new ExcelJs.Workbook();
  try {
    // Its types know the Buffer of an older Node.
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  } catch {
    throw noWorkbook();
  }
  return workbook;
}

function textOf(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return Number.isFinite(value.getTime()) ? toIso(value.getTime()) : '';
  if (typeof value !== 'object') return String(value);
  if ('formula' in value || 'sharedFormula' in value) return formulaMark;
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('text' in value) return textOf(value.text);
  return '';
}
