import { resolve } from 'node:path';
import { SystemClock, toIso } from '@yizhan/kernel';
import { badInput, environmentFault, exitCodes, type ExitCode } from '@yizhan/process';
import { backupsIn, type FoundBackup, removeOld, sizeOf } from '../backup/backup-folder.js';
import { backupKeyFile, readBackupKey } from '../backup/backup-key.js';
import { checkBackup } from '../backup/check-backup.js';
import { checkedAt, noteChecked } from '../backup/checked.js';
import { backUpKeystore } from '../backup/keystore-backup.js';
import { makeBackup } from '../backup/make-backup.js';
import { type Configuration, readConfiguration } from '../runtime/config.js';
import type { DataDirectory } from '../runtime/data/data-directory.js';
import { liesInside } from '../runtime/data/lies-inside.js';
import { withDatabase } from '../runtime/postgres/open-database.js';
import { type CommandOptions, directoryOf } from './command-options.js';
import { Progress } from './progress.js';
import { inLanguage, print, printJson, tell } from './screen.js';

export interface BackupOptions extends CommandOptions {
  readonly to?: string;
  /** A backup to check; true for the one that is made now. */
  readonly check?: string | true;
  readonly list?: boolean;
  readonly keystore?: boolean;
}

/** Backs up the database or the keystore, checks a backup, or lists what there is. */
export async function backup(options: BackupOptions): Promise<ExitCode> {
  const configuration = readConfiguration();
  const directory = directoryOf(options, configuration);
  directory.readSecrets();
  if (options.keystore) return backUpKeys(directory, options, configuration);
  const target = resolve(options.to ?? configuration.backupDirectory ?? directory.backupFolder);
  if (options.list) return list(directory, target, options);
  if (typeof options.check === 'string') {
    await check(resolve(options.check), directory, configuration);
    return say(options, { folder: resolve(options.check), checked: true });
  }
  const made = await make(directory, target, configuration);
  if (options.check) await check(made.folder, directory, configuration);
  const { folder, manifest, bytes } = made;
  return say(options, {
    folder,
    events: manifest.events,
    bytes,
    removed: made.removed,
    checked: options.check === true,
  });
}

async function make(directory: DataDirectory, target: string, { databaseUrl, reserveBytes }: Configuration) {
  if (databaseUrl !== undefined) {
    throw environmentFault(
      'the PostgreSQL of YIZHAN_DATABASE_URL is not ours to back up',
      'Back it up with its own tools, such as pg_basebackup; "--keystore" backs the keystore up.',
    );
  }
  refuseInside(directory, target);
  const now = new SystemClock().now();
  const made = await withDatabase({ directory, databaseUrl, what: 'backup', tell }, (server) =>
    makeBackup({ server, directory, target, reason: 'regular', now, reserveBytes }),
  );
  if (made.isKeyNew) tellOfKey(backupKeyFile(directory));
  return { ...made, removed: removeOld(target, directory.readSecrets().id, now) };
}

const tellOfKey = (file: string): void =>
  tell(
    inLanguage({
      en: `made the key of the backups, ${file}: keep a copy of it elsewhere, without it nobody can restore them`,
      zh: `已生成备份密钥 ${file}：请另存一份于别处，没有它任何人都无法恢复备份`,
    }),
  );

/** A copy of the data directory must not hold its own backups, nor be one. */
function refuseInside(directory: DataDirectory, target: string): void {
  if (!liesInside(directory.path, target)) return;
  throw badInput(`${target} lies inside the data directory`, 'Name a folder elsewhere, at best on another disk.');
}

async function check(folder: string, directory: DataDirectory, { reserveBytes }: Configuration): Promise<void> {
  const key = await readBackupKey(backupKeyFile(directory));
  const progress = await Progress.start('check', 1);
  try {
    await checkBackup(folder, key, directory, {
      reserveBytes,
      tell: () => undefined,
      onProgress: (bytes, of) => progress.update(bytes, of),
    });
  } finally {
    progress.stop();
  }
  noteChecked(folder, new SystemClock().now());
}

async function backUpKeys(
  directory: DataDirectory,
  options: BackupOptions,
  { backupDirectory, keystoreBackupDirectory }: Configuration,
): Promise<ExitCode> {
  const target = options.to === undefined ? keystoreBackupDirectory : resolve(options.to);
  if (target === undefined) {
    throw badInput(
      'name a folder for copies of the keystore with --to, or in YIZHAN_KEYSTORE_BACKUP_DIRECTORY',
      'It has to be another one than that of the backups: together they open what either alone does not.',
    );
  }
  if (target === (backupDirectory ?? directory.backupFolder)) {
    throw badInput(`${target} holds the backups of the database`, 'Keep copies of the keystore apart from them.');
  }
  refuseInside(directory, target);
  const { file, keys, destroyed } = await backUpKeystore(directory, target, { now: new SystemClock().now() });
  if (options.json) printJson({ file, files: keys, destroyed });
  else print(file);
  return exitCodes.ok;
}

function list(directory: DataDirectory, target: string, { json }: BackupOptions): ExitCode {
  const found = backupsIn(target, directory.readSecrets().id).map(lineOf);
  if (json) printJson(found);
  else if (found.length === 0) print(inLanguage({ en: `no backups in ${target}`, zh: `${target} 中没有备份` }));
  else
    print(
      found
        .map(
          ({ folder, createdAt, events, bytes, checkedAt: checked }) =>
            `${createdAt}  ${String(events).padStart(9)} events  ${(bytes / 1e6).toFixed(1).padStart(8)} MB  ${checked === null ? 'not checked' : `checked ${checked}`}  ${folder}`,
        )
        .join('\n'),
    );
  return exitCodes.ok;
}

const lineOf = ({ folder, manifest }: FoundBackup) => ({
  folder,
  createdAt: manifest.createdAt,
  reason: manifest.reason,
  events: manifest.events,
  bytes: sizeOf(manifest),
  checkedAt: toIsoOrNull(checkedAt(folder)),
});

const toIsoOrNull = (at: number | undefined): string | null => (at === undefined ? null : toIso(at));

function say({ json }: BackupOptions, done: { readonly folder: string; readonly [more: string]: unknown }): ExitCode {
  if (json) printJson(done);
  else print(done.folder);
  return exitCodes.ok;
}
