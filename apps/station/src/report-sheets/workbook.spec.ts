import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { Problem } from '@yizhan/kernel';
import { sheetForms } from './sheet-forms.js';
import { type SheetLine, sheetNames } from './sheet.js';
import { assertTemplate, defaultTemplate, workbookOf } from './workbook.js';

const form = sheetForms.visits;
const head = {
  place: '金东中转站',
  code: 'JD',
  from: Date.parse('2026-03-01T16:00:00Z'),
  to: Date.parse('2026-03-02T16:00:00Z'),
  asOf: Date.parse('2026-03-02T01:00:00Z'),
  utcOffsetMinutes: 480,
};
const lineOf = (plate: string, tonnes: number): SheetLine => ({
  stationCode: 'JD',
  plate,
  flow: 'into_zone',
  arrivedAt: Date.parse('2026-03-02T00:00:00Z'),
  tonnes,
  reasons: 'not_given',
});
const lines = [lineOf('浙G1', 1.5), lineOf('=1+1', 2), lineOf('浙G3', 3)];

async function open(file: Buffer) {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(file as unknown as ArrayBuffer);
  return workbook;
}

/** Values of a row from its first cell on. */
const valuesOf = (sheet: ExcelJS.Worksheet, row: number): ExcelJS.CellValue[] =>
  (sheet.getRow(row).values as ExcelJS.CellValue[]).slice(1);

async function templateWith(change: (sheet: ExcelJS.Worksheet) => void): Promise<Buffer> {
  const workbook = await open(await defaultTemplate(form, 'zh'));
  change(workbook.worksheets[0]);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

it.each(sheetNames)('the default template of %s is one', async (name) => {
  await assertTemplate(await defaultTemplate(sheetForms[name], 'en'), sheetForms[name]);
});

it('draws a report after the default template: head, titles, typed cells, foot', async () => {
  const file = await workbookOf({ form, head, lines }, await defaultTemplate(form, 'zh'), 'zh');
  const sheet = (await open(file)).worksheets[0];
  expect(sheet.getCell('A1').value).toBe('车辆进出台账');
  expect(sheet.getCell('A2').value).toBe('金东中转站 (JD)');
  expect(sheet.getCell('A3').value).toContain('2026-03-02 00:00:00 – 2026-03-03 00:00:00 (UTC+08:00)');
  expect(valuesOf(sheet, 4).slice(0, 4)).toEqual(['中转站', '车牌号', '方向', '进站时间']);
  expect(valuesOf(sheet, 5).slice(0, 3)).toEqual(['JD', '浙G1', '进区']);
  // A spreadsheet knows no zones: its reader takes the clock on the wall for UTC.
  expect((sheet.getCell('D5').value as Date).getTime()).toBe(Date.parse('2026-03-02T08:00:00Z'));
  expect(sheet.getCell('L7').value).toBe(3);
  expect(sheet.getCell('A9').value).toBe('制表：');
  expect(JSON.stringify(sheet.getSheetValues())).not.toContain('{{');
});

it('a text that looks like a formula stays a text', async () => {
  const file = await workbookOf({ form, head, lines }, await defaultTemplate(form, 'zh'), 'zh');
  const cell = (await open(file)).worksheets[0].getCell('B6');
  expect([cell.value, cell.type]).toEqual(['=1+1', ExcelJS.ValueType.String]);
});

it('follows an edited template: other titles, other columns in another order, a merged foot, header and footer', async () => {
  const template = await templateWith((sheet) => {
    sheet.getCell('A1').value = '本站自制：{{title}}';
    sheet.spliceRows(4, 2, ['吨', '车'], ['{{line.tonnes}}', '车 {{line.plate}} / {{line.flow}}']);
    sheet.getCell('A7').value = '共 {{place}}';
    sheet.mergeCells('A7:C7');
    sheet.headerFooter.oddHeader = '&L{{place}} {{from}}';
  });
  await assertTemplate(template, form);
  const sheet = (await open(await workbookOf({ form, head, lines }, template, 'zh'))).worksheets[0];
  expect(sheet.getCell('A1').value).toBe('本站自制：车辆进出台账');
  expect([valuesOf(sheet, 5), valuesOf(sheet, 7)]).toEqual([
    [1.5, '车 浙G1 / 进区'],
    [3, '车 浙G3 / 进区'],
  ]);
  expect(sheet.getCell('A9').value).toBe('共 金东中转站');
  expect(sheet.getCell('C9').master.address).toBe('A9');
  expect(sheet.headerFooter.oddHeader).toBe('&L金东中转站 2026-03-02 00:00:00');
});

it('without a line the pattern goes, and the foot stays', async () => {
  const file = await workbookOf({ form, head, lines: [] }, await defaultTemplate(form, 'en'), 'en');
  const sheet = (await open(file)).worksheets[0];
  expect(JSON.stringify(sheet.getSheetValues())).not.toContain('{{');
  expect(sheet.getCell('A7').value).toBe('Made by:');
});

describe('refuses as a template', () => {
  const codeOf = async (file: Buffer): Promise<string> => {
    const refused = await assertTemplate(file, form).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(Problem);
    return (refused as Problem).code;
  };

  it.each([
    ['no file', Buffer.from('hello')],
    ['a cut file', Buffer.from('PK\u0003\u0004hello')],
    ['an empty zip', Buffer.from('504b0506' + '00'.repeat(18), 'hex')],
  ])('%s', async (_what, file) => {
    expect(await codeOf(file)).toBe('TEMPLATE.UNREADABLE');
  });

  it('a workbook cut in the middle', async () => {
    const file = await defaultTemplate(form, 'zh');
    const cut = Buffer.concat([file.subarray(0, 600), file.subarray(900)]);
    expect(await codeOf(cut)).toBe('TEMPLATE.UNREADABLE');
  });

  it('what comes to more than it looks like', async () => {
    const packed = deflateRawSync(Buffer.alloc(9 * 1024 * 1024));
    expect(packed.length).toBeLessThan(20_000);
    expect(await codeOf(zipOf(packed))).toBe('TEMPLATE.TOO_LARGE');
  });

  it('one without a line', async () => {
    const file = await templateWith((sheet) => sheet.spliceRows(5, 1));
    expect(await codeOf(file)).toBe('TEMPLATE.NO_LINE');
  });

  it('placeholders of another report, and lines in two rows, with the cells that they are in', async () => {
    const other = await templateWith((sheet) => (sheet.getCell('A5').value = '{{line.driverId}}'));
    await expect(assertTemplate(other, form)).rejects.toThrow('A5: {{line.driverId}} is none of this report');
    const two = await templateWith((sheet) => (sheet.getCell('B6').value = '{{line.plate}}'));
    await expect(assertTemplate(two, form)).rejects.toThrow('B6: {{line.plate}} is in a second line');
  });
});

/** A zip of one packed file. */
function zipOf(packed: Buffer): Buffer {
  const local = Buffer.alloc(31);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt16LE(1, 26);
  local.write('a', 30);
  const entry = Buffer.alloc(47);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt16LE(1, 28);
  entry.write('a', 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length, 12);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, entry, end]);
}
