import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDirectory } from './data-directory.js';
import { DataLock } from './data-lock.js';

let directory: DataDirectory;

beforeEach(() => {
  directory = new DataDirectory(mkdtempSync(join(tmpdir(), 'yizhan-lock-')));
});

afterEach(() => rmSync(directory.path, { recursive: true, force: true }));

const leaveLockOf = (holder: object): void => writeFileSync(directory.lockFile, JSON.stringify(holder));

it('is held by one, and free again when released', () => {
  const lock = DataLock.acquire(directory, 'start');
  lock.tellAddress('http://127.0.0.1:7700');
  expect(() => DataLock.acquire(directory, 'start')).toThrow(
    `"yizhan start" (process ${process.pid}, http://127.0.0.1:7700) is working on ${directory.path} already`,
  );
  lock.release();
  expect(existsSync(directory.lockFile)).toBe(false);
  DataLock.acquire(directory, 'export').release();
});

it('is taken over from a process that has ended', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  leaveLockOf({ pid, mark: '', what: 'start' });
  expect(DataLock.holderOf(directory)).toBeUndefined();
  DataLock.acquire(directory, 'start');
  expect(DataLock.holderOf(directory)).toMatchObject({ pid: process.pid });
});

it('is taken over where the process number belongs to somebody else by now', () => {
  leaveLockOf({ pid: process.ppid, mark: 'another start', what: 'start' });
  // Where the system gives no start times, a live number counts as the holder.
  if (!existsSync('/proc/self/stat')) return;
  DataLock.acquire(directory, 'start');
  expect(DataLock.holderOf(directory)).toMatchObject({ pid: process.pid });
});

it('is taken over where its text was never finished', () => {
  writeFileSync(directory.lockFile, '');
  DataLock.acquire(directory, 'start').release();
});

it('does not release the lock of another', async () => {
  const lock = DataLock.acquire(directory, 'start');
  const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)']);
  leaveLockOf({ pid: other.pid, mark: '', what: 'start' });
  lock.release();
  expect(JSON.parse(readFileSync(directory.lockFile, 'utf8'))).toMatchObject({ pid: other.pid });
  other.kill();
  await once(other, 'exit');
});
