import fc from 'fast-check';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleAt, bundleOf, destroyBundled, readBundled } from './key-bundle.js';
import { nameOf } from './key-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-bundle-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What would stand in the file of each. */
const keysOf = (owners: readonly string[]) => owners.map((owner) => ({ name: nameOf(owner), text: `key of ${owner}` }));

function write(owners: readonly string[]): string {
  const { place, text, pointer } = bundleOf(keysOf(owners));
  expect(bundleAt(pointer)).toBe(place);
  const path = join(folder, place);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

it('has every key that was put into it, and no other, whatever is destroyed', async () => {
  const owner = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((text) => !/[\s\p{C}]/u.test(text));
  const owners = fc.uniqueArray(fc.tuple(owner, fc.boolean()), {
    minLength: 1,
    maxLength: 40,
    selector: ([one]) => one,
  });
  await fc.assert(
    fc.asyncProperty(owners, async (all) => {
      const path = write(all.map(([one]) => one));
      const { size } = statSync(path);
      for (const [one, isDestroyed] of all) if (isDestroyed) await destroyBundled(path, nameOf(one));
      for (const [one, isDestroyed] of all) {
        expect(await readBundled(path, nameOf(one))).toBe(isDestroyed ? '' : `key of ${one}`);
        expect(readFileSync(path, 'utf8').includes(`${nameOf(one)} key`)).toBe(!isDestroyed);
      }
      expect(await readBundled(path, nameOf('nobody at all'))).toBeUndefined();
      expect(statSync(path).size).toBe(size);
    }),
    { numRuns: 50 },
  );
});

it('is refused with a line that could not be read back in one piece', () => {
  expect(() => bundleOf([{ name: nameOf('x'), text: 'x'.repeat(4_100) }])).toThrow(
    "a key's line would be 4166 bytes long",
  );
});

it.each(['', '{"bundle":7}', '{"bundle":"../../../etc/passwd"}', '{"owner":"driver:1","wrapped":"AAAA"}', undefined])(
  'is not where %j stands',
  (text) => {
    expect(bundleAt(text)).toBeUndefined();
  },
);
