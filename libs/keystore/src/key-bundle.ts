import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from './key-file.js';
import { openIfThere } from './private-files.js';

/**
 * Keys that were made together lie in one file, a line for each, all of one length and in the order of their names. What
 * stands under the name of such a key says in which: a disk takes long to make thousands of files, and a moment to give one
 * thousands of names. A key that is destroyed is overwritten in its line.
 */
export interface KeyBundle {
  /** What stands under the name of each of its keys. */
  readonly pointer: string;
  /** Where it lies below the folder of the keystore. */
  readonly place: string;
  readonly text: string;
}

/** One line of it: the name of a key's file, and what would stand in that. */
export interface BundledKey {
  readonly name: string;
  readonly text: string;
}

const bundlesFolder = 'bundles';
const nameLength = 64;
/** Of the line that tells whoever opens the file what it is. */
const title = 'keys of a keystore, by name';
const longestLine = 4_096;

/** Lines have the length of the longest: owners are seldom longer than others. */
export function bundleOf(keys: readonly BundledKey[]): KeyBundle {
  const id = randomUUID();
  const lines = [title, ...keys.toSorted(byName).map(({ name, text }) => `${name} ${text}`)];
  const length = lines.reduce((longest, line) => Math.max(longest, Buffer.byteLength(line)), 0) + 1;
  if (length > longestLine) throw new Error(`a key's line would be ${length} bytes long, ${longestLine} at most`);
  const text = lines.map((line) => `${line}${' '.repeat(length - 1 - Buffer.byteLength(line))}\n`).join('');
  return { pointer: JSON.stringify({ bundle: id }), place: join(bundlesFolder, id), text };
}

const byName = (one: BundledKey, other: BundledKey): number => (one.name < other.name ? -1 : 1);

/** Where the key lies whose file holds this; undefined where it lies there itself. */
export function bundleAt(text: string | undefined): string | undefined {
  const { bundle } = (parse(text ?? '') ?? {}) as { readonly bundle?: unknown };
  return typeof bundle === 'string' && /^[0-9a-f-]{36}$/.test(bundle) ? join(bundlesFolder, bundle) : undefined;
}

/** What would stand in the key's own file; empty where it was destroyed, undefined where the bundle lacks it. */
export async function readBundled(path: string, name: string): Promise<string | undefined> {
  return withLine(path, name, 'r', async (_file, line) => line.text);
}

/** Overwrites a key, for good. Its name stays. Harmless where the bundle lacks it. */
export async function destroyBundled(path: string, name: string): Promise<void> {
  await withLine(path, name, 'r+', async (file, { from, length }) => {
    await file.write(Buffer.alloc(length, ' '), 0, length, from);
    await file.sync();
  });
}

/** What follows a name in its line. */
interface Line {
  readonly from: number;
  readonly length: number;
  readonly text: string;
}

async function withLine<T>(
  path: string,
  name: string,
  flags: 'r' | 'r+',
  work: (file: FileHandle, line: Line) => Promise<T>,
): Promise<T | undefined> {
  const file = await openIfThere(path, flags);
  try {
    const line = file && (await lineOf(file, name));
    return file && line ? await work(file, line) : undefined;
  } finally {
    await file?.close();
  }
}

/** Halves the file until the name is found. */
async function lineOf(file: FileHandle, name: string): Promise<Line | undefined> {
  const head = (await readAt(file, 0, longestLine)).indexOf('\n') + 1;
  if (head === 0) return undefined;
  const { size } = await file.stat();
  let [low, high] = [1, Math.floor(size / head) - 1];
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const line = await readAt(file, middle * head, head);
    const found = line.toString('latin1', 0, nameLength);
    if (found === name) {
      const [from, length] = [nameLength + 1, head - nameLength - 2];
      return { from: middle * head + from, length, text: line.toString('utf8', from, from + length).trim() };
    }
    if (found < name) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
