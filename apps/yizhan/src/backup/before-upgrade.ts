import { SystemClock } from '@yizhan/kernel';
import { DataDirectory } from '../runtime/data/data-directory.js';
import type { BeforeUpgrade } from '../runtime/postgres/database-server.js';
import { removeOld } from './backup-folder.js';
import { backupKeyFile } from './backup-key.js';
import { makeBackup } from './make-backup.js';

export interface UpgradeSettings {
  readonly directory: DataDirectory;
  readonly target: string;
  /** As `makeBackup` keeps it free. */
  readonly reserveBytes: number;
  readonly tell: (line: string) => void;
}

/** Backs the data up before they are changed for a newer version: the way back. Where there can be no backup nothing is changed. */
export const backUpBeforeUpgrade =
  ({ directory, target, reserveBytes, tell }: UpgradeSettings): BeforeUpgrade =>
  async (server, pending) => {
    tell(`these data are of an older version: backing them up before ${pending.length} migrations`);
    const now = new SystemClock().now();
    const { folder } = await makeBackup({ server, directory, target, reason: 'upgrade', now, reserveBytes });
    // An upgrade that fails is tried again and again where this runs as a service: its backups must not fill the disk.
    removeOld(target, directory.readSecrets().id, now);
    tell(`the way back is ${folder}`);
    const { path } = directory;
    const key = backupKeyFile(new DataDirectory(`${path}.before`));
    return `To go back: mv "${path}" "${path}.before", then, with the version before, npx yizhan restore "${folder}" --key "${key}" --data "${path}"`;
  };
