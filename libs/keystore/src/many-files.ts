import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { systemCode } from '@yizhan/process';
import { namesIn, removeForGood, syncPath } from './private-files.js';

/** After so many, whatever else the process has to do has its turn: their calls do not give it one. */
const inOneGo = 25;
/** From here on one flush of the whole file system costs less than one for each file. */
const manyPaths = 64;
/** ext4 lets a file have 65,000. */
const mostLinks = 30_000;
const draftsFolder = 'drafts';

/** Calls `work` for each, in order. */
export async function inSlices<T>(items: readonly T[], work: (item: T) => void): Promise<void> {
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % inOneGo === 0) await setImmediate();
    work(item);
  }
}

/**
 * Many small files, each written once and whole as `writeOnce` and `makeOnce` do it, and flushed together. Nothing of it
 * lasts through a power cut before `flush` has come back.
 *
 * All are made in one folder and linked to their names: ext4 takes ten times as long to make files spread over many folders.
 */
export class ManyFiles {
  readonly #drafts: string;
  readonly #madeFolders = new Set<string>();
  readonly #toFlush = new Set<string>();
  #empty = '';
  #links = 0;

  constructor(private readonly folder: string) {
    this.#drafts = join(folder, draftsFolder, randomUUID());
    this.#makeFolder(this.#drafts);
  }

  /** Writes what is to stand somewhere under this name; `publish` puts it there, after a flush. */
  draft(name: string, text: string): void {
    this.#write(join(this.#drafts, name), text);
  }

  /** Puts a draft where nothing stands yet. */
  publish(path: string): void {
    // What stands there holds, and a draft that has gone was removed by who destroys keys, as in `writeOnce`.
    const draft = join(this.#drafts, basename(path));
    this.#link(draft, path, ['EEXIST', 'ENOENT']);
    rmSync(draft, { force: true });
  }

  /** Makes a file that holds nothing, where there is none. */
  make(path: string): void {
    // All of them are one file, as long as the file system lets it have names.
    if (this.#links % mostLinks === 0) {
      this.#empty = join(this.#drafts, `empty-${this.#links}`);
      this.#write(this.#empty, '');
    }
    this.#links += 1;
    this.#link(this.#empty, path, ['EEXIST']);
  }

  /** What stands at the path was perhaps written by somebody who has not flushed it yet. */
  flushNameOf(path: string): void {
    this.#toFlush.add(dirname(path));
  }

  /** Comes back when all that was done so far is on the disk. */
  async flush(): Promise<void> {
    const paths = [...this.#toFlush];
    this.#toFlush.clear();
    await flushAll(paths, this.folder);
  }

  /** Takes away what was not published. */
  async end(): Promise<void> {
    await rm(this.#drafts, { recursive: true, force: true });
  }

  #write(path: string, text: string): void {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
    this.#toFlush.add(path);
    this.#toFlush.add(dirname(path));
  }

  #link(from: string, path: string, harmless: readonly string[]): void {
    const folder = dirname(path);
    this.#makeFolder(folder);
    try {
      linkSync(from, path);
    } catch (error) {
      if (!harmless.includes(systemCode(error) ?? '')) throw error;
    }
    this.#toFlush.add(folder);
  }

  #makeFolder(path: string): void {
    if (this.#madeFolders.has(path)) return;
    this.#madeFolders.add(path);
    const first = mkdirSync(path, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    for (let made = path; made.length >= first.length; made = dirname(made)) this.#toFlush.add(dirname(made));
  }
}

/** Removes what killed processes have left of a name, and overwrites what it held. */
export async function removeManyDrafts(folder: string, name: string): Promise<void> {
  for (const left of await namesIn(join(folder, draftsFolder))) {
    await removeForGood(join(folder, draftsFolder, left, name));
  }
}

/** Flushes files and folders that lie on the file system of a folder: where there are many, and it can be, all of it at once. */
export async function flushAll(paths: readonly string[], folder: string, command = 'sync'): Promise<void> {
  if (paths.length >= manyPaths && process.platform === 'linux' && (await flushedWhole(folder, command))) return;
  for (let from = 0; from < paths.length; from += manyPaths) {
    await Promise.all(paths.slice(from, from + manyPaths).map(syncPath));
  }
}

/** Node has no call for syncfs(2). @returns false where the command is missing or did not succeed. */
async function flushedWhole(folder: string, command: string): Promise<boolean> {
  try {
    await promisify(execFile)(command, ['-f', folder]);
    return true;
  } catch {
    // One by one the system says what is wrong.
    return false;
  }
}
