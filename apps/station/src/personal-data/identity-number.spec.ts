import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { identityNumberIn } from './identity-number.js';

interface Vectors {
  readonly resident_id_gb11643: { readonly valid: string[]; readonly invalid: string[] };
}

const file = join(__dirname, '../../../../../shared/data/cn-identifiers/vectors.json');
const { valid, invalid } = (JSON.parse(readFileSync(file, 'utf8')) as Vectors).resident_id_gb11643;

describe('an identity number', () => {
  it.each(valid)('%s is one', (number) => {
    expect(identityNumberIn(number)).toBe(number);
  });

  it.each(invalid)('%s is none', (number) => {
    expect(identityNumberIn(number)).toBeUndefined();
  });

  it('is kept with a capital X and without blanks around it', () => {
    expect(identityNumberIn(' 11010519491231002x ')).toBe('11010519491231002X');
  });

  it.each(['', '11010519491231002', '1101051949123100 2X', '990105194912310021', '11010519490231002X'])(
    '%j is none',
    (text) => {
      expect(identityNumberIn(text)).toBeUndefined();
    },
  );

  it('is none any more when one digit of it is another', () => {
    const changed = fc.tuple(fc.constantFrom(...valid), fc.nat({ max: 16 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(changed, ([number, at, by]) => {
        const digit = String((Number(number.charAt(at)) + by) % 10);
        expect(identityNumberIn(number.slice(0, at) + digit + number.slice(at + 1))).toBeUndefined();
      }),
    );
  });
});
