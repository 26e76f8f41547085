import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { systemCode } from '@yizhan/process';
import { syncPath } from './private-files.js';

/** After so many, whatever else the process has to do has its turn: their calls do not give it one. */
const inOneGo = 25;
/** From here on one flush of the whole file system costs less than one for each file. */
const manyPaths = 64;
/** ext4 lets a file have 65,000. */
export const mostLinks = 30_000;
const draftsFolder = 'drafts';

/** Calls `work` for each, in order. */
export async function inSlices<T>(items: readonly T[], work: (item: T) => void): Promise<void> {
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % inOneGo === 0) await setImmediate();
    work(item);
  }
}

/**
 * Many names for a few files, written once and whole as `writeOnce` and `makeOnce` do it, and flushed together. Nothing of it
 * lasts through a power cut before `flush` has come back.
 */
export class ManyFiles {
  readonly #drafts: string;
  readonly #madeFolders = new Set<string>();
  readonly #toFlush = new Set<string>();
  /** The file that gets the next name, by what it holds. */
  readonly #held = new Map<string, { readonly path: string; names: number }>();
  readonly #ours = new Set<number>();

  constructor(private readonly folder: string) {
    this.#drafts = join(folder, draftsFolder, randomUUID());
    this.#makeFolder(this.#drafts);
  }

  /** Writes a file where nothing stands yet. */
  write(path: string, text: string): void {
    this.#makeFolder(dirname(path));
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
    this.#toFlush.add(path);
    this.#toFlush.add(dirname(path));
  }

  /** Makes a file that holds this, where nothing stands yet. All of the same are one file, as far as its file system lets it. */
  make(path: string, text = ''): void {
    const file = this.#holding(text);
    file.names += 1;
    this.#makeFolder(dirname(path));
    try {
      linkSync(file.path, path);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
    }
    this.#toFlush.add(dirname(path));
  }

  /** Whether it was `make` that made what stands there now. */
  isOurs(path: string): boolean {
    return this.#ours.has(statSync(path).ino);
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

  /** Takes away what it needed itself. */
  async end(): Promise<void> {
    await rm(this.#drafts, { recursive: true, force: true });
  }

  #holding(text: string): { readonly path: string; names: number } {
    const known = this.#held.get(text);
    if (known && known.names < mostLinks) return known;
    const path = join(this.#drafts, String(this.#ours.size));
    this.write(path, text);
    this.#ours.add(statSync(path).ino);
    const file = { path, names: 0 };
    this.#held.set(text, file);
    return file;
  }

  #makeFolder(path: string): void {
    if (this.#madeFolders.has(path)) return;
    this.#madeFolders.add(path);
    const first = mkdirSync(path, { recursive: true, mode: 0o700 });
    if (first === undefined) return;
    for (let made = path; made.length >= first.length; made = dirname(made)) this.#toFlush.add(dirname(made));
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
