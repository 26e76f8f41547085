import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from './archive.js';

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'yizhan-archive-'));
  folder = join(parent, 'yizhan');
  mkdirSync(join(folder, 'b'), { recursive: true });
  writeFileSync(join(folder, 'b/驿站.txt'), 'two');
  writeFileSync(join(folder, 'a'), 'one');
  chmodSync(join(folder, 'a'), 0o755);
});

afterEach(() => rmSync(parent, { recursive: true }));

it.each(['.tar.gz', '.zip'] as const)('the same files make the same bytes later on, as %s', async (kind) => {
  const first = await pack(folder, kind, join(parent, 'first'), () => undefined);
  utimesSync(join(folder, 'a'), 1, 1);
  const second = await pack(folder, kind, join(parent, 'second'), () => undefined);
  expect({ ...second, file: '' }).toEqual({ ...first, file: '' });
  writeFileSync(join(folder, 'a'), 'two');
  const third = await pack(folder, kind, join(parent, 'third'), () => undefined);
  expect(third.sha256).not.toBe(first.sha256);
});

it('what is unpacked for Linux has its links and its rights', async () => {
  symlinkSync('a', join(folder, 'link'));
  const { file } = await pack(folder, '.tar.gz', join(parent, 'archive'), () => undefined);
  const listed = spawnSync('tar', ['tvzf', file], { encoding: 'utf8' }).stdout;
  expect(listed).toMatch(/^-rwxr-xr-x .* yizhan\/a$/m);
  expect(listed).toMatch(/^l.* yizhan\/link -> a$/m);
});

it('an archive for Windows has no links, and one that fails leaves nothing', async () => {
  symlinkSync('a', join(folder, 'link'));
  await expect(pack(folder, '.zip', join(parent, 'archive'), () => undefined)).rejects.toThrow('link is a link');
  expect(readdirSync(parent)).toEqual(['yizhan']);
});
