import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flushAll, inSlices, ManyFiles } from './many-files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yizhan-many-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a flush of many files', () => {
  const paths = () => Array.from({ length: 100 }, (_, index) => join(folder, 'a', String(index)));

  it.each(['sync', 'no-such-command', 'false'])('comes back where the command is %s', async (command) => {
    const files = new ManyFiles(folder);
    for (const path of paths()) files.make(path);
    await flushAll([folder, ...paths(), join(folder, 'was removed')], folder, command);
    expect(readdirSync(join(folder, 'a'))).toHaveLength(100);
  });

  it('fails where neither the command nor flushing one by one can do it', async () => {
    const into = paths().map((path) => join(path, 'below a file'));
    const files = new ManyFiles(folder);
    for (const path of paths()) files.make(path);
    await expect(flushAll(into, folder, 'no-such-command')).rejects.toThrow('ENOTDIR');
  });
});

it('other work has its turn between slices', async () => {
  const seen: string[] = [];
  const timer = setImmediate(() => seen.push('other'));
  await inSlices(
    Array.from({ length: 60 }, (_, index) => String(index)),
    (item) => seen.push(item),
  );
  clearImmediate(timer);
  expect(seen.indexOf('other')).toBeGreaterThan(0);
  expect(seen.indexOf('other')).toBeLessThan(60);
  expect(seen.filter((each) => each !== 'other')).toEqual(Array.from({ length: 60 }, (_, index) => String(index)));
});
