import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvOf } from './csv.js';

it('is read again as it was written, whatever stands in it', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '站', ',', '"', '\n', '\r', ' ', ';') });
  const row = fc.array(text, { minLength: 2, maxLength: 2 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
      const safe = rows.map((cells) => cells.map((cell) => cell.replace(/^\r+/, '')));
      const read: unknown = parse(csvOf(safe), { bom: true, record_delimiter: '\r\n' });
      expect(read).toEqual(safe);
    }),
  );
});

it('begins with the mark that Excel needs, and leaves nothing to compute', () => {
  expect(
    csvOf([
      ['站', 1],
      ['=1+1', -2],
      ['@x', 0],
    ]),
  ).toBe("\ufeff站,1\r\n'=1+1,-2\r\n'@x,0\r\n");
});
