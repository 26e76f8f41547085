import { SystemClock } from '@yizhan/kernel';
import { backupsIn } from '../backup/backup-folder.js';
import { checkedAt } from '../backup/checked.js';
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
    });
  },
};

interface Ages {
  /** Of the newest, milliseconds. */
  readonly age: number;
  /** Since one was restored into an empty place, milliseconds. */
  readonly sinceCheck: number;
  /** Between two backups; 0 where they are made by hand. */
  readonly everyMinutes: number;
}

/** By hand a day is usual; by the clock two that are missing are too many. */
export function judgeBackups({ age, sinceCheck, everyMinutes }: Ages): Finding {
  const allowed = everyMinutes === 0 ? 24 * hour : Math.max(3 * everyMinutes * 60_000, 3 * hour);
  const says = `the newest is ${(age / hour).toFixed(1)} h old`;
  if (age > allowed) return warn(says, 'Run "npx yizhan backup"; "start" says why it makes none.');
  if (sinceCheck > 7 * 24 * hour)
    return warn(`${says}; none was checked for a week`, 'Run "npx yizhan backup --check".');
  return ok(says);
}
