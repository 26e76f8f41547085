import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { create } from 'tar';
import { ZipFile } from 'yazl';
import { entriesUnder } from './files-under.js';
import type { Target } from './targets.js';

/** Of every file of every archive: what the same Node packs again is the same bytes. */
const fixedTime = new Date('2026-01-01T00:00:00Z');
/** A zip has times of the clock on the wall: the same numbers in every zone. */
const fixedTimeOfZip = new Date(2026, 0, 1);

export interface Packed {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

/**
 * Packs a folder with its name, its files in order and with one time; whole or not at all.
 * @param onFile called after each file with how many there are in all
 */
export async function pack(
  folder: string,
  kind: Target['archive'],
  file: string,
  onFile: (done: number, of: number) => void,
): Promise<Packed> {
  const draft = `${file}.${process.pid}`;
  try {
    await (kind === '.zip' ? packZip : packTar)(folder, draft, onFile);
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { file, size: statSync(file).size, sha256: hash.digest('hex') };
}

async function packTar(folder: string, file: string, onFile: (done: number, of: number) => void): Promise<void> {
  const paths = entriesUnder(folder).map(({ path }) => `${basename(folder)}/${path}`);
  let done = 0;
  await create(
    {
      file,
      cwd: dirname(folder),
      gzip: { level: 6 },
      portable: true,
      mtime: fixedTime,
      onWriteEntry: () => onFile((done += 1), paths.length),
    },
    paths,
  );
}

async function packZip(folder: string, file: string, onFile: (done: number, of: number) => void): Promise<void> {
  const entries = entriesUnder(folder);
  const zip = new ZipFile();
  let done = 0;
  for (const { path, kind } of entries) {
    if (kind === 'link') throw new Error(`${path} is a link, which Windows has not`);
    const options = { mtime: fixedTimeOfZip, forceDosTimestamp: true, mode: 0o100644, compressionLevel: 6 };
    zip.addReadStreamLazy(`${basename(folder)}/${path}`, options, (give) => {
      onFile((done += 1), entries.length);
      give(undefined, createReadStream(join(folder, path)));
    });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
}
