import { literal } from './literal.js';

test.each([
  [null, 'NULL'],
  [undefined, 'NULL'],
  [1_760_000_000_000, `'1760000000000'`],
  [true, `'true'`],
  [`it's`, `'it''s'`],
  ['a\\b', ` E'a\\\\b'`],
  [['A2', 'say "no"', null], ` E'{"A2","say \\\\"no\\\\"",NULL}'`],
  [[], `'{}'`],
  [{ zh: '浙', quote: `'` }, `'{"zh":"浙","quote":"''"}'`],
])('%j becomes %s', (value, text) => {
  expect(literal(value)).toBe(text);
});

test('what SQL has no value for is refused', () => {
  expect(() => literal(() => 1)).toThrow('a function is no value of SQL');
});
