import excel from 'exceljs';
import { workbookOf } from './workbook.js';

it('is read again as it was written: numbers as numbers, and nothing that is computed', async () => {
  const lines = [
    ['金东', 3, ''],
    ['=1+1', -2.5, '<&"'],
  ];
  const workbook = new excel.Workbook();
  await workbook.xlsx.load(await (await workbookOf(['站点', '在站', '告警'], lines)).arrayBuffer());
  const [sheet] = workbook.worksheets;
  const rows = [1, 2, 3].map((row) => [1, 2, 3].map((column) => sheet?.getCell(row, column).value ?? ''));
  expect(rows).toEqual([['站点', '在站', '告警'], ...lines]);
  expect(sheet?.getCell(1, 1).font.bold).toBe(true);
});
