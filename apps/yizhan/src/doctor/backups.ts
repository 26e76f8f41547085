import { existsSync, statSync } from 'node:fs';
import { SystemClock } from '@yizhan/kernel';
import { backupsIn } from '../backup/backup-folder.js';
import { checkedAt } from '../backup/checked.js';
import { keystoreCopiesIn } from '../backup/keystore-backup.js';
import { allowedAge } from '../backup/regular-backups.js';
import { type Check, type Finding, ok, warn } from './check.js';

const hour = 3_600_000;

export const backupAge: Check = {
  name: 'backups',
  title: { en: 'Backups', zh: '备份' },
  look: ({ directory, configuration: { databaseUrl, backupDirectory, backupMinutes } }) => {
    if (databaseUrl) return ok('not ours: back the PostgreSQL of YIZHAN_DATABASE_URL up with its own tools');
    if (!directory.isInUse) return ok('none are needed before the first start');
    const target = backupDirectory ?? directory.backupFolder;
    const [newest, ...older] = backupsIn(target, directory.readSecrets().id);
    if (!newest) return warn(`there is none in ${target}`, 'Run "npx yizhan backup --check", at best to another disk.');
    const checks = [newest, ...older].flatMap(({ folder }) => checkedAt(folder) ?? []);
    const now = new SystemClock().now();
    return judgeBackups({
      age: now - newest.at,
      sinceCheck: now - Math.max(0, ...checks),
      everyMinutes: backupMinutes,
      isOneDisk: statSync(target).dev === statSync(directory.path).dev,
    });
  },
};

export const keystoreCopies: Check = {
  name: 'keystore-copies',
  title: { en: 'Copies of the keystore', zh: '密钥库副本' },
  look: ({ directory, configuration: { keystoreBackupDirectory: target } }) => {
    if (!directory.isInUse || !existsSync(directory.keystoreFolder))
      return ok('none are needed before the first start');
    if (target === undefined) {
      return warn(
        'none are made by themselves: with its disk every name, phone, photo and note is lost',
        'Name a folder on another disk or stick than that of the backups in YIZHAN_KEYSTORE_BACKUP_DIRECTORY, or run "npx yizhan backup --keystore --to FOLDER" now and then.',
      );
    }
    const [newest] = keystoreCopiesIn(target, directory.readSecrets().id);
    return judgeCopies(newest && new SystemClock().now() - newest.at, target);
  },
};

/** One is made each day. @param age of the newest, milliseconds; undefined where there is none. */
export function judgeCopies(age: number | undefined, target: string): Finding {
  const mend = 'Run "npx yizhan backup --keystore"; "start" says why it makes none.';
  if (age === undefined) return warn(`there is none in ${target}`, mend);
  const says = `the newest is ${(age / hour).toFixed(1)} h old`;
  return age > 3 * 24 * hour ? warn(says, mend) : ok(says);
}

interface Ages {
  /** Of the newest, milliseconds. */
  readonly age: number;
  /** Since one was restored into an empty place, milliseconds. */
  readonly sinceCheck: number;
  /** Between two backups; 0 where they are made by hand. */
  readonly everyMinutes: number;
  /** Whether they lie on the disk of the data. */
  readonly isOneDisk: boolean;
}

export function judgeBackups({ age, sinceCheck, everyMinutes, isOneDisk }: Ages): Finding {
  const says = `the newest is ${(age / hour).toFixed(1)} h old`;
  if (age > allowedAge(everyMinutes)) return warn(says, 'Run "npx yizhan backup"; "start" says why it makes none.');
  if (sinceCheck > 7 * 24 * hour)
    return warn(`${says}; none was checked for a week`, 'Run "npx yizhan backup --check".');
  if (isOneDisk) {
    return warn(
      `${says}; they lie on the disk of the data, and are lost with it`,
      'Name a folder on another disk or stick in YIZHAN_BACKUP_DIRECTORY, or copy them to one now and then.',
    );
  }
  return ok(says);
}
