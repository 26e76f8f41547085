import { asItWas, harmless, writeSheet } from './write-sheet.js';

test.each(['=1+1', '+86 579', '-2', '@SUM(A1)', '\tx', '＝1'])('%j is made text, and comes back as it was', (cell) => {
  expect(harmless(cell)).toBe(`'${cell}`);
  expect(asItWas(harmless(cell))).toBe(cell);
});

test.each(['浙G12345', "it's", "'quoted'", ''])('%j stays as it is', (cell) => {
  expect(harmless(cell)).toBe(cell);
  expect(asItWas(cell)).toBe(cell);
});

test('CSV is UTF-8 with a BOM, and quotes what must be', async () => {
  const { bytes } = await writeSheet('csv', 'x', [['a', 'b;c', 'd"e', 'f\ng', '=h']]);
  expect(bytes.toString()).toBe(`\uFEFFa,"b;c","d""e","f\ng",'=h\r\n`);
});
