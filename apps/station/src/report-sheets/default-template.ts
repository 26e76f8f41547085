import type { Workbook } from 'exceljs';
import type { Language, SheetForm } from './sheet.js';

const words = {
  zh: { period: '统计时段', asOf: '数据截至', made: '制表：', checked: '审核：', page: '第 &P 页 共 &N 页' },
  en: { period: 'Period', asOf: 'As of', made: 'Made by:', checked: 'Checked by:', page: 'Page &P of &N' },
} as const;

const thin = { style: 'thin' } as const;
const border = { top: thin, left: thin, bottom: thin, right: thin };
/** Of a sheet's name, in every spreadsheet. */
const longestName = 31;
export const instantFormat = 'yyyy-mm-dd hh:mm:ss';

/** The template that a report has until somebody uploads another: title, head, one line of placeholders, foot. */
export function drawDefaultTemplate(workbook: Workbook, form: SheetForm, language: Language): void {
  const say = words[language];
  const last = form.columns.length;
  const sheet = workbook.addWorksheet(form.title[language].slice(0, longestName), {
    pageSetup: { orientation: 'landscape', paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    views: [{ state: 'frozen', ySplit: 4 }],
  });
  sheet.columns = form.columns.map(({ width }) => ({ width }));
  sheet.headerFooter.oddFooter = `&C${say.page}`;
  sheet.getCell(1, 1).value = '{{title}}';
  sheet.getCell(1, 1).font = { bold: true, size: 16 };
  sheet.getCell(1, 1).alignment = { horizontal: 'center' };
  sheet.mergeCells(1, 1, 1, last);
  sheet.getCell(2, 1).value = '{{place}} ({{code}})';
  sheet.getCell(3, 1).value = `${say.period}: {{from}} – {{to}} (UTC{{utcOffset}})    ${say.asOf}: {{asOf}}`;
  form.columns.forEach(({ id, title, kind }, index) => {
    const heading = sheet.getCell(4, index + 1);
    heading.value = title[language];
    heading.font = { bold: true };
    heading.border = border;
    const cell = sheet.getCell(5, index + 1);
    cell.value = `{{line.${id}}}`;
    cell.border = border;
    if (kind === 'instant') cell.numFmt = instantFormat;
  });
  sheet.getCell(7, 1).value = say.made;
  sheet.getCell(7, Math.ceil(last / 2) + 1).value = say.checked;
  sheet.pageSetup.printTitlesRow = '4:4';
}
