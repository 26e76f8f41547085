import fc from 'fast-check';
import { SeenIds } from '../../apps/yizhan/src/verify/seen-ids.js';

describe('the set of seen ids', () => {
  it('keeps many ids apart', () => {
    const seen = new SeenIds();
    const ids = fc.sample(fc.uuid({ version: 7 }), { numRuns: 20_000, seed: 1 });
    const reference = new Set<string>();
    const wrong = ids.filter((id) => {
      const isNew = !reference.has(id);
      reference.add(id);
      return seen.add(id) !== isNew;
    });
    expect(wrong).toEqual([]);
  });

  it('knows what a set of texts knows', () => {
    fc.assert(
      fc.property(fc.array(fc.uuid({ version: 7 }), { maxLength: 3000 }), (ids) => {
        const seen = new SeenIds();
        const reference = new Set<string>();
        for (const id of [...ids, ...ids.slice(0, 5)]) {
          expect(seen.add(id)).toBe(!reference.has(id));
          reference.add(id);
        }
        for (const id of ids) expect(seen.has(id)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});
