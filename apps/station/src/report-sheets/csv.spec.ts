import { csvOf } from './csv.js';
import { sheetForms } from './sheet-forms.js';
import type { Language, SheetLine } from './sheet.js';

const head = { place: '金东中转站', code: 'JD', from: 0, to: 1, asOf: 2, utcOffsetMinutes: 480 };

async function written(lines: readonly SheetLine[], language: Language = 'zh'): Promise<string> {
  let text = '';
  for await (const piece of csvOf({ form: sheetForms.disinfection, head, lines }, { language })) text += piece;
  return text;
}

const line: SheetLine = {
  stationCode: 'JD',
  checkedAt: Date.parse('2026-03-02T00:30:00Z'),
  plate: '浙G12345',
  flow: 'into_zone',
  passed: false,
  reason: 'not_given other',
  broughtBy: null,
  policy: 'cn-freight 2026-01',
  visitId: 'v',
};

it('is UTF-8 with a byte order mark, titles and one line for each', async () => {
  const bytes = Buffer.from(await written([line]));
  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(bytes.subarray(3).toString()).toBe(
    '中转站,消杀查验时间,车牌号,方向,合格,原因,送达司机,规则包,作业编号\r\n' +
      'JD,2026-03-02 08:30:00,浙G12345,进区,否,未注明、other,,cn-freight 2026-01,v\r\n',
  );
});

it('speaks English too, and quotes what has a comma in it', async () => {
  expect(await written([line], 'en')).toContain('JD,2026-03-02 08:30:00,浙G12345,into zone,no,"not given, other",,');
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '|cmd', '%0A', '=HYPERLINK("x","y")'])(
  'never lets a spreadsheet reckon with %j',
  async (evil) => {
    const [, row = ''] = (await written([{ ...line, plate: evil }])).split(/\r\n(?=JD)/);
    const field = row.slice('JD,2026-03-02 08:30:00,'.length);
    expect(field.startsWith("'") || field.startsWith(`"'`)).toBe(true);
  },
);

it('leaves numbers as they are', async () => {
  expect(await written([{ ...line, broughtBy: -1.5 }])).toContain(',-1.5,');
});
