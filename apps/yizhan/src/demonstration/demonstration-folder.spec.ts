import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataLock } from '../runtime/data/data-lock.js';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { freshDemonstrationFolder, refuseDemonstrationData } from './demonstration-folder.js';

const folder = join(tmpdir(), `yizhan-demo-${randomUUID()}`);

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('removes what the demonstration before has left, its keys included, and nothing else', async () => {
  const directory = await freshDemonstrationFolder(folder);
  directory.makeFolder();
  directory.ensureSecrets();
  mkdirSync(directory.keystoreFolder);
  writeFileSync(join(folder, 'notes.txt'), 'of a visitor');
  const again = await freshDemonstrationFolder(folder);
  expect(again.path).toBe(directory.path);
  expect(again.isInUse).toBe(false);
  expect(existsSync(again.keystoreFolder)).toBe(false);
  expect(readdirSync(folder).toSorted()).toEqual(['demonstration.json', 'notes.txt']);
});

it('touches nothing in a folder that does not say that it is one', async () => {
  mkdirSync(join(folder, 'data'), { recursive: true });
  writeFileSync(join(folder, 'data', 'secrets.json'), '{}');
  await expect(freshDemonstrationFolder(folder)).rejects.toThrow('is no demonstration');
  expect(existsSync(join(folder, 'data', 'secrets.json'))).toBe(true);
});

it('is refused for real work', async () => {
  const directory = await freshDemonstrationFolder(folder);
  expect(() => refuseDemonstrationData(directory)).toThrow('holds the data of a demonstration');
  expect(() => refuseDemonstrationData(new DataDirectory(join(tmpdir(), 'elsewhere', 'data')))).not.toThrow();
});

it('leaves one alone that still runs', async () => {
  const directory = await freshDemonstrationFolder(folder);
  directory.makeFolder();
  directory.ensureSecrets();
  const lock = DataLock.acquire(directory, 'start');
  expect((await freshDemonstrationFolder(folder)).isInUse).toBe(true);
  lock.release();
});
