import { statfsSync } from 'node:fs';
import { environmentFault } from '@yizhan/process';
import type { Manifest } from './manifest.js';

/** @throws Fault where a folder's disk has fewer bytes free than `what` needs. */
export function refuseWithoutFree(
  folder: string,
  needed: number,
  { what, mend }: { readonly what: string; readonly mend: string },
): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  throw environmentFault(`${folder} has ${megabytes(free)} MB free, and ${what} needs ${megabytes(needed)} MB`, mend);
}

/** PostgreSQL's own log keeps at most so much at once: `max_wal_size`. */
const mostLog = 2 ** 31;
/** Of an empty cluster. */
const emptyBytes = 100e6;
/** Rows with their indexes take so many times their text, where the manifest does not say. */
const usualFactor = 3;

/** Bytes that a backup takes once it is restored, with what PostgreSQL writes meanwhile. */
export function bytesToRestore({ databaseBytes, tables }: Pick<Manifest, 'databaseBytes' | 'tables'>): number {
  const rows = databaseBytes ?? usualFactor * tables.reduce((sum, { bytes }) => sum + bytes, 0);
  return emptyBytes + rows + Math.min(mostLog, 1.5 * rows);
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
