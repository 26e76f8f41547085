import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DataDirectory, writePrivately } from '../runtime/data/data-directory.js';

/** What the last start has served on the local network; for `doctor`. */
export interface LanFile {
  readonly address: string;
  readonly port: number;
  readonly trustPort: number;
  /** Certificate of this machine, PEM, without its key. */
  readonly certificate: string;
}

const lanFile = (directory: DataDirectory): string => join(directory.path, 'lan.json');

export function writeLanFile(directory: DataDirectory, content: LanFile): void {
  writePrivately(lanFile(directory), JSON.stringify(content, null, 2));
}

/** @returns undefined where nothing was served on a local network yet. */
export function readLanFile(directory: DataDirectory): LanFile | undefined {
  const file = lanFile(directory);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LanFile) : undefined;
}
