import { randomUUID } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readdir, readFile, rename, rm, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '@yizhan/process';

/** Text of a file, or undefined where there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes a file that only its owner may read, whole or not at all, also through a power cut, and also where several
 * processes try at once. @returns whether it was this one: false where there is a file already, which stays as it is.
 */
export async function writeOnce(path: string, text: string): Promise<boolean> {
  const draft = await writeDraft(`${path}${draftMark}`, text);
  try {
    // Unlike a rename, a link never replaces anything.
    await link(draft, path);
  } catch (error) {
    // A draft that has gone was removed by who destroys keys: what stands there now holds.
    if (systemCode(error) === 'EEXIST' || systemCode(error) === 'ENOENT') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  await syncPath(dirname(path));
  return true;
}

/** As `writeOnce`, of a file that holds nothing: its name says it all. */
export async function makeOnce(path: string): Promise<void> {
  await makeFolder(dirname(path));
  try {
    await (await open(path, 'wx', 0o600)).close();
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
  await syncPath(path);
  await syncPath(dirname(path));
}

/** As `writeOnce`, in the place of whatever is there. */
export async function replace(path: string, text: string): Promise<void> {
  const draft = await writeDraft(`${path}.next-`, text);
  await rename(draft, path);
  await syncPath(dirname(path));
}

/** Flushes a file, or the names in a folder. Harmless where there is none, as what was removed need not last. */
export async function syncPath(path: string): Promise<void> {
  // Windows opens no folders, and flushes nothing that is open for reading.
  if (process.platform === 'win32') return;
  const file = await openIfThere(path, 'r');
  try {
    await file?.sync();
  } finally {
    await file?.close();
  }
}

/** Removes a file for good, also through a power cut. Harmless where there is none. */
export async function remove(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  await syncPath(dirname(path));
}

/** Names in a folder that begin like this; none where there is no folder. */
export async function namesIn(folder: string, beginning = ''): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.startsWith(beginning));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * As `replace`; what was there is overwritten too, as a file that has lost its name lies on the disk for long.
 * @param elsewhere told what was there; where it says that it has dealt with it, the file is another's too, and stays as it is.
 */
export async function replaceForGood(
  path: string,
  text: string,
  elsewhere: (held: string) => Promise<boolean>,
): Promise<void> {
  const before = await openIfThere(path, 'r+');
  try {
    const isElsewhere = before !== undefined && (await elsewhere(await before.readFile('utf8')));
    await replace(path, text);
    if (before && !isElsewhere) await blank(before);
  } finally {
    await before?.close();
  }
}

/** As `remove`; what the file held is overwritten. */
export async function removeForGood(path: string): Promise<void> {
  const file = await openIfThere(path, 'r+');
  if (!file) return;
  try {
    await blank(file);
  } finally {
    await file.close();
  }
  await remove(path);
}

/** Removes what killed processes have left beside a file, and overwrites what it held. */
export async function removeDrafts(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await namesIn(folder, `${basename(path)}${draftMark}`)) {
    await removeForGood(join(folder, name));
  }
}

/** Stands in the name of a draft of what is written once, after that of the file. */
const draftMark = '.draft-';

/** Undefined where there is none. */
export async function openIfThere(path: string, flags: 'r' | 'r+'): Promise<FileHandle | undefined> {
  try {
    return await open(path, flags);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Overwrites what the file held, under every name that it still has. */
async function blank(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  await file.write(Buffer.alloc(size), 0, size, 0);
  await file.sync();
}

async function writeDraft(prefix: string, text: string): Promise<string> {
  await makeFolder(dirname(prefix));
  const draft = `${prefix}${randomUUID()}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return draft;
}

async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncPath(dirname(made));
}
