import type { CellValue, Row, Workbook, Worksheet } from 'exceljs';
import { cellValue, headTexts, type Printing } from './cell-text.js';
import { drawDefaultTemplate, instantFormat } from './default-template.js';
import { assertHarmlessZip } from './harmless-zip.js';
import { filledIn, headNames, invalidTemplate, placeholdersIn } from './placeholders.js';
import type { Cell, Language, Sheet, SheetColumn, SheetForm, SheetLine } from './sheet.js';

/** Loaded when the first workbook is asked for: most processes never make one. */
const excel = async () => (await import('exceljs')).default;

const dayMillis = 86_400_000;
/** 1970-01-01 in the days of a spreadsheet. */
const epochDay = 25_569;

/** The template that the product ships, as a file. */
export async function defaultTemplate(form: SheetForm, language: Language): Promise<Buffer> {
  const { Workbook } = await excel();
  const workbook = new Workbook();
  drawDefaultTemplate(workbook, form, language);
  return bytesOf(workbook);
}

/** @throws Problem `TEMPLATE.…` where the file is no workbook that this report can be printed with. */
export async function assertTemplate(file: Buffer, form: SheetForm): Promise<void> {
  const workbook = await open(file);
  const sheets = workbook.worksheets.filter((sheet) => lineRowOf(sheet) !== undefined);
  const faults = workbook.worksheets.flatMap((sheet) => faultsOf(sheet, form));
  if (faults.length > 0) throw invalidTemplate('TEMPLATE.UNKNOWN_PLACEHOLDER', faults.slice(0, 20).join('; '));
  if (sheets.length !== 1) {
    const message = 'one row of one sheet holds the placeholders of a line, such as {{line.plate}}';
    throw invalidTemplate('TEMPLATE.NO_LINE', message);
  }
}

/** The report as a workbook, drawn after its template. */
export async function workbookOf(sheet: Sheet, template: Buffer, language: Language): Promise<Buffer> {
  const workbook = await open(template);
  const { form, head } = sheet;
  const texts = headTexts(form, head, language);
  const lines: SheetLine[] = [];
  for await (const line of sheet.lines) lines.push(line);
  for (const each of workbook.worksheets)
    fillSheet(each, { form, lines, texts, language, utcOffsetMinutes: head.utcOffsetMinutes });
  return bytesOf(workbook);
}

interface Filling extends Printing {
  readonly form: SheetForm;
  readonly lines: readonly SheetLine[];
  readonly texts: Readonly<Record<string, string>>;
}

function fillSheet(sheet: Worksheet, filling: Filling): void {
  const { texts, lines, form } = filling;
  fillHeaderFooter(sheet, texts);
  const lineRow = lineRowOf(sheet);
  sheet.eachRow((row) => {
    if (row.number !== lineRow)
      row.eachCell((cell) => {
        if (cell.isMerged && cell.master !== cell) return;
        cell.value = withTexts(cell.value, texts);
      });
  });
  if (lineRow === undefined) return;
  const moveBy = lines.length - 1;
  const pattern = snapshotOf(sheet.getRow(lineRow));
  if (moveBy > 0) moveBelow(sheet, lineRow, moveBy);
  if (lines.length === 0) sheet.getRow(lineRow).eachCell((cell) => (cell.value = null));
  const columns = new Map(form.columns.map((column) => [column.id, column]));
  lines.forEach((line, index) =>
    drawLine(sheet.getRow(lineRow + index), pattern, (text) => valueOf(text, line, columns, filling)),
  );
}

/** The rows below the line go down by as many as there are lines more, with what is merged in them. */
function moveBelow(sheet: Worksheet, lineRow: number, moveBy: number): void {
  const below: RowSnapshot[] = [];
  const merged = sheet.model.merges.map(rangeOf).filter(({ top }) => top > lineRow);
  for (const { top, left, bottom, right } of merged) sheet.unMergeCells(top, left, bottom, right);
  for (let number = lineRow + 1; number <= sheet.rowCount; number += 1) below.push(snapshotOf(sheet.getRow(number)));
  below.forEach((_snapshot, index) => clear(sheet.getRow(lineRow + 1 + index)));
  below.forEach((snapshot, index) =>
    drawLine(sheet.getRow(lineRow + 1 + moveBy + index), snapshot, (value) => ({ value })),
  );
  for (const { top, left, bottom, right } of merged) sheet.mergeCells(top + moveBy, left, bottom + moveBy, right);
}

interface RowSnapshot {
  readonly height: number | undefined;
  readonly cells: readonly { readonly column: number; readonly value: CellValue; readonly style: object }[];
}

function snapshotOf(row: Row): RowSnapshot {
  const cells: { column: number; value: CellValue; style: object }[] = [];
  row.eachCell({ includeEmpty: true }, (cell, column) => cells.push({ column, value: cell.value, style: cell.style }));
  return { height: row.height, cells };
}

function clear(row: Row): void {
  row.eachCell({ includeEmpty: true }, (cell) => {
    cell.value = null;
    cell.style = {};
  });
}

interface DrawnValue {
  readonly value: CellValue;
  readonly isInstant?: boolean;
}

function drawLine(row: Row, { height, cells }: RowSnapshot, draw: (value: CellValue) => DrawnValue): void {
  if (height !== undefined) row.height = height;
  for (const { column, value, style } of cells) {
    const cell = row.getCell(column);
    const drawn = draw(value);
    cell.style = style;
    cell.value = drawn.value;
    if (drawn.isInstant && !cell.numFmt) cell.style = { ...style, numFmt: instantFormat };
  }
}

/** A cell that is one placeholder and nothing else keeps its kind: a number can be summed, an instant reckoned with. */
function valueOf(
  pattern: CellValue,
  line: SheetLine,
  columns: ReadonlyMap<string, SheetColumn>,
  filling: Filling,
): DrawnValue {
  const text = textOf(pattern);
  if (text === undefined) return { value: pattern };
  const [only] = placeholdersIn(text);
  const column = only && text.trim() === `{{${only}}}` ? columns.get(only.slice('line.'.length)) : undefined;
  if (column) {
    const cell: Cell | undefined = line[column.id];
    if (column.kind === 'instant' && typeof cell === 'number') {
      return { value: (cell + filling.utcOffsetMinutes * 60_000) / dayMillis + epochDay, isInstant: true };
    }
    return { value: cellValue(column.kind, cell, filling) };
  }
  const ofLine = placeholdersIn(text).flatMap((name) => {
    const inner = columns.get(name.slice('line.'.length));
    return inner ? [[name, String(cellValue(inner.kind, line[inner.id], filling) ?? '')] as const] : [];
  });
  return { value: withTexts(text, { ...filling.texts, ...Object.fromEntries(ofLine) }) };
}

function fillHeaderFooter(sheet: Worksheet, texts: Readonly<Record<string, string>>): void {
  // An ampersand begins an instruction in headers and footers.
  const safe = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text.replaceAll('&', '&&')]));
  const parts = sheet.headerFooter;
  for (const part of ['oddHeader', 'oddFooter', 'evenHeader', 'evenFooter', 'firstHeader', 'firstFooter'] as const) {
    const text = parts[part];
    if (text) parts[part] = filledIn(text, safe);
  }
}

const withTexts = (value: CellValue, texts: Readonly<Record<string, string>>): CellValue => {
  const text = textOf(value);
  return text === undefined || placeholdersIn(text).length === 0 ? value : filledIn(text, texts);
};

/** Text of a cell, also where parts of it are formatted. */
function textOf(value: CellValue): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || !('richText' in value)) return undefined;
  return value.richText.map(({ text }) => text).join('');
}

function lineRowOf(sheet: Worksheet): number | undefined {
  let found: number | undefined;
  sheet.eachRow((row) =>
    row.eachCell((cell) => {
      if (placeholdersIn(textOf(cell.value) ?? '').some((name) => name.startsWith('line.'))) found ??= row.number;
    }),
  );
  return found;
}

function faultsOf(sheet: Worksheet, form: SheetForm): string[] {
  const known = new Set([...headNames, ...form.columns.map(({ id }) => `line.${id}`)]);
  const lineRow = lineRowOf(sheet);
  const faults: string[] = [];
  sheet.eachRow((row) =>
    row.eachCell((cell) => {
      for (const name of placeholdersIn(textOf(cell.value) ?? '')) {
        if (!known.has(name)) faults.push(`${cell.address}: {{${name}}} is none of this report`);
        else if (name.startsWith('line.') && row.number !== lineRow)
          faults.push(`${cell.address}: {{${name}}} is in a second line`);
      }
    }),
  );
  return faults;
}

const rangePattern = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/;

function rangeOf(range: string): { top: number; left: number; bottom: number; right: number } {
  const [, left = 'A', top = '1', right = 'A', bottom = '1'] = rangePattern.exec(range) ?? [];
  return { top: Number(top), left: columnOf(left), bottom: Number(bottom), right: columnOf(right) };
}

const columnOf = (letters: string): number =>
  letters.split('').reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

async function open(file: Buffer): Promise<Workbook> {
  assertHarmlessZip(file);
  const { Workbook } = await excel();
  const workbook = new Workbook();
  try {
    await workbook.xlsx.load(file as unknown as ArrayBuffer);
  } catch {
    // Its reader fails in as many ways as a file can be broken; what it says names its own insides.
    throw invalidTemplate('TEMPLATE.UNREADABLE', 'the file is no Excel workbook (.xlsx)');
  }
  if (workbook.worksheets.length === 0) throw invalidTemplate('TEMPLATE.UNREADABLE', 'the workbook has no sheet');
  return workbook;
}

const bytesOf = async (workbook: Workbook): Promise<Buffer> => Buffer.from(await workbook.xlsx.writeBuffer());
