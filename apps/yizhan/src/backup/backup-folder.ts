import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { keptOf } from './kept-backups.js';
import { type BackupReason, type Manifest, readUnproven } from './manifest.js';

/** A whole backup in a folder of backups. */
export interface FoundBackup {
  readonly folder: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly isUpgrade: boolean;
  readonly manifest: Manifest;
}

/** Ends in what tells stations apart that share a stick; no colon, as Windows and FAT allow none. */
export const backupName = (directoryId: string, createdAt: string, reason: BackupReason): string =>
  `yizhan-${shortOf(directoryId)}-${createdAt.replace(/\.\d+Z$/, 'Z').replaceAll(/[-:]/g, '')}${reason === 'upgrade' ? '-upgrade' : ''}`;

export const shortOf = (directoryId: string): string => directoryId.slice(0, 8);

const draftMark = '.part';

/** Where a backup is written until it is whole. */
export const draftOf = (folder: string): string => `${folder}${draftMark}`;

/** Whole backups of one station, or of all, the newest first. What is half, damaged or somebody else's is passed over. */
export function backupsIn(target: string, directoryId?: string): FoundBackup[] {
  if (!existsSync(target)) return [];
  const names = readdirSync(target).filter((name) => /^yizhan-[0-9a-f]{8}-\d{8}T\d{6}Z(-upgrade)?$/.test(name));
  return names
    .map((name) => join(target, name))
    .flatMap((folder): FoundBackup[] => {
      const manifest = readUnproven(folder);
      if (!manifest) return [];
      return [{ folder, at: Date.parse(manifest.createdAt), isUpgrade: manifest.reason === 'upgrade', manifest }];
    })
    .filter(({ manifest }) => directoryId === undefined || manifest.directoryId === directoryId)
    .toSorted((a, b) => b.at - a.at);
}

/** A half one that nobody has written to for so long is of a backup that was killed. */
const abandonedAfter = 6 * 3_600_000;

/**
 * Removes what the rule does not keep of this station, and what a killed backup has left. @param now epoch milliseconds.
 * @returns the folders.
 */
export function removeOld(target: string, directoryId: string, now: number): string[] {
  const all = backupsIn(target, directoryId);
  // Before the clock was set back some were made that lie in the future: they must not drive out those of today.
  const kept = new Set([...keptOf(all), ...keptOf(all.filter(({ at }) => at <= now))]);
  const old = all.filter((each) => !kept.has(each)).map(({ folder }) => folder);
  const mine = `yizhan-${shortOf(directoryId)}-`;
  const halves = readdirSync(target)
    .filter((name) => name.startsWith(mine) && name.endsWith(draftMark))
    .map((name) => join(target, name))
    .filter((folder) => statSync(folder).mtimeMs < now - abandonedAfter);
  for (const folder of [...old, ...halves]) rmSync(folder, { recursive: true, force: true });
  return old;
}

/** Bytes of a backup's files. */
export const sizeOf = ({ tables, keys }: Manifest): number =>
  [...tables, keys].reduce((sum, { fileBytes }) => sum + fileBytes, 0);
