import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { environmentFault, systemCode } from '@yizhan/process';
import type { DataDirectory } from './data-directory.js';
import { isOurProgram, isRunning, startMark } from '../postgres/process-identity.js';

/** Who works on a data directory. */
export interface LockHolder {
  readonly pid: number;
  readonly mark: string;
  /** What runs there, such as `start`. */
  readonly what: string;
  /** Where it answers, once it does. */
  readonly address?: string;
}

/** Held by the one process that works on a data directory; a dead holder's lock counts for nothing. */
export class DataLock {
  #holder: LockHolder;

  private constructor(
    private readonly file: string,
    holder: LockHolder,
  ) {
    this.#holder = holder;
  }

  /** @throws Fault where another live process holds it. */
  static acquire(directory: DataDirectory, what: string): DataLock {
    const file = directory.lockFile;
    const mine: LockHolder = { pid: process.pid, mark: startMark(process.pid), what };
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      if (writtenAsNew(file, JSON.stringify(mine))) return new DataLock(file, mine);
      const found = read(file);
      if (found.holder && isHeldBy(found.holder)) throw heldBy(found.holder, directory);
      // Created a moment ago and not yet written: give its maker the time.
      if (found.text === '' && attempt < 10) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      else removeStale(file, found.text);
    }
    throw environmentFault(`cannot lock ${directory.path}`, `Remove ${file} if nothing runs there.`);
  }

  /** The live holder, where there is one. */
  static holderOf(directory: DataDirectory): LockHolder | undefined {
    const { holder } = read(directory.lockFile);
    return holder && isHeldBy(holder) ? holder : undefined;
  }

  /** Says where this process answers, for whoever finds the lock. */
  tellAddress(address: string): void {
    this.#holder = { ...this.#holder, address };
    const draft = `${this.file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(this.#holder), { mode: 0o600 });
    renameSync(draft, this.file);
  }

  release(): void {
    if (read(this.file).holder?.pid === process.pid) rmSync(this.file, { force: true });
  }
}

/** Where the system gives no mark, its number may be another program's after a power cut. */
const isHeldBy = ({ pid, mark }: LockHolder): boolean => isRunning(pid, mark) && (mark !== '' || isOurProgram(pid));

function heldBy({ pid, what, address }: LockHolder, directory: DataDirectory): Error {
  return environmentFault(
    `"yizhan ${what}" (process ${pid}${address ? `, ${address}` : ''}) is working on ${directory.path} already`,
    'Stop it first, or name another folder with --data.',
  );
}

function writtenAsNew(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw environmentFault(`cannot write ${file}: ${String(error)}`);
  }
}

function read(file: string): { text: string; holder?: LockHolder } {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
    const holder = JSON.parse(text) as LockHolder;
    return typeof holder.pid === 'number' ? { text, holder } : { text };
  } catch {
    return { text };
  }
}

/** Two starters may find the same stale lock: whoever moved away something newer puts it back. */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  if (readFileSync(aside, 'utf8') === stale) rmSync(aside, { force: true });
  else renameSync(aside, file);
}
