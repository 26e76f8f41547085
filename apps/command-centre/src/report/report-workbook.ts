import type { Worksheet } from 'exceljs';
import type { PrintLanguage } from '@yizhan/print';
import { say } from './report-words.js';
import type { Cell, CellKind, ReportDocument, Table } from './table.js';

const daySeconds = 86_400;
/** 1970-01-01 in the days of a spreadsheet. */
const epochDay = 25_569;

const formats: Readonly<Partial<Record<CellKind, string>>> = {
  mean: '0.0',
  change: '+0" %";-0" %";0" %"',
  percent: '0.0" %"',
  duration: '[h]:mm:ss',
  instant: 'yyyy-mm-dd hh:mm',
  hour: 'yyyy-mm-dd hh:mm',
  day: 'yyyy-mm-dd',
};

export interface Shown {
  readonly language: PrintLanguage;
  readonly utcOffsetMinutes: number;
}

/** The report as a workbook: a sheet for each table, with numbers that can be summed and times that can be reckoned with. */
export async function workbookOf({ title, lines, tables, notes }: ReportDocument, shown: Shown): Promise<Buffer> {
  // Loaded when the first workbook is asked for: most processes never make one.
  const { Workbook } = (await import('exceljs')).default;
  const workbook = new Workbook();
  const first = workbook.addWorksheet(say('unknown', shown.language), { pageSetup: { paperSize: 9 } });
  first.columns = [{ width: 110 }];
  first.addRow([title]).font = { bold: true, size: 16 };
  for (const line of [...lines, '', ...notes]) first.addRow([line]).alignment = { wrapText: true, vertical: 'top' };
  for (const table of tables) addTable(workbook.addWorksheet(table.title), table, shown.utcOffsetMinutes);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function addTable(sheet: Worksheet, { columns, rows }: Table, utcOffsetMinutes: number): void {
  sheet.views = [{ state: 'frozen', ySplit: 1 }];
  sheet.pageSetup = { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 };
  sheet.columns = columns.map(({ title, kind }) => ({ width: kind === 'text' ? 26 : Math.max(14, title.length + 2) }));
  sheet.addRow(columns.map(({ title }) => title)).font = { bold: true };
  for (const row of rows) {
    const added = sheet.addRow(
      row.map((cell, index) => valueOf(columns[index]?.kind ?? 'text', cell, utcOffsetMinutes)),
    );
    columns.forEach(({ kind }, index) => {
      const format = formats[kind];
      if (format !== undefined) added.getCell(index + 1).numFmt = format;
    });
  }
  if (rows.length > 0) sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
}

function valueOf(kind: CellKind, cell: Cell, utcOffsetMinutes: number): Cell {
  if (typeof cell !== 'number') return cell;
  if (kind === 'duration') return cell / daySeconds;
  if (kind !== 'instant' && kind !== 'hour' && kind !== 'day') return cell;
  return (cell / 1000 + utcOffsetMinutes * 60) / daySeconds + epochDay;
}
