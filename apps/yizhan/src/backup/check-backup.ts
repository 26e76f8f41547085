import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { isRunning } from '../runtime/postgres/process-identity.js';
import type { BackupKey } from './backup-key.js';
import { removeWithServer, type Restored, restoreBackup, type RestoreSettings } from './restore-backup.js';

/**
 * Restores a backup into an empty place beside the data, and removes it again. @throws Fault where it cannot be restored, or
 * there is no room for that beside what is to be kept free.
 */
export async function checkBackup(
  folder: string,
  key: BackupKey,
  { path, keystoreFolder }: DataDirectory,
  settings: Pick<RestoreSettings, 'reserveBytes' | 'tell' | 'onProgress'>,
): Promise<Restored> {
  for (const left of leftBeside(path)) await removeWithServer(new DataDirectory(left, keystoreFolder));
  const directory = new DataDirectory(`${path}.check-${process.pid}`, keystoreFolder);
  try {
    return await restoreBackup({ folder, key, directory, ...settings });
  } finally {
    await removeWithServer(directory);
  }
}

/** What checks have left whose process was killed. */
function leftBeside(path: string): string[] {
  return readdirSync(dirname(path))
    .filter((name) => {
      const [, pid] = /^\.check-(\d+)(?:\.restoring)?$/.exec(name.slice(basename(path).length)) ?? [];
      return name.startsWith(basename(path)) && pid !== undefined && !isRunning(Number(pid));
    })
    .map((name) => join(dirname(path), name));
}
