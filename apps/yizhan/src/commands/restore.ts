import { resolve } from 'node:path';
import { badInput, exitCodes, type ExitCode } from '@yizhan/process';
import { readBackupKey } from '../backup/backup-key.js';
import { restoreKeystore } from '../backup/keystore-backup.js';
import { restoreBackup } from '../backup/restore-backup.js';
import { printVerifyReport } from '../verify/print-verify-report.js';
import { type CommandOptions, directoryOf } from './command-options.js';
import { Progress } from './progress.js';
import { inLanguage, language, print, printJson, tell } from './screen.js';

export interface RestoreOptions extends CommandOptions {
  readonly key: string;
  readonly keystore?: string;
}

/** Makes a data directory from a backup, or a keystore from a copy, where there is none. */
export async function restore(backup: string | undefined, options: RestoreOptions): Promise<ExitCode> {
  const directory = directoryOf(options);
  const key = await readBackupKey(resolve(options.key));
  if (options.keystore !== undefined) {
    if (backup !== undefined) throw badInput('give a backup or --keystore', 'They are restored one after the other.');
    const files = await restoreKeystore(resolve(options.keystore), key, directory);
    if (options.json) printJson({ keystore: directory.keystoreFolder, files });
    else tell(inLanguage({ en: `restored ${directory.keystoreFolder}`, zh: `已恢复 ${directory.keystoreFolder}` }));
    return exitCodes.ok;
  }
  if (backup === undefined) throw badInput('name the backup to restore', '"npx yizhan backup --list" shows them.');
  const progress = await Progress.start('restore', 1);
  const { manifest, verdict } = await restoreBackup({
    folder: resolve(backup),
    key,
    directory,
    tell,
    onProgress: (bytes, of) => progress.update(bytes, of),
  }).finally(() => progress.stop());
  if (options.json) printJson({ data: directory.path, createdAt: manifest.createdAt, events: verdict.events, verdict });
  else print(printVerifyReport(verdict, language));
  tell(
    inLanguage({
      en: `${directory.path} is as it was at ${manifest.createdAt}; start on it as usual`,
      zh: `${directory.path} 已恢复到 ${manifest.createdAt} 的状态；可照常启动`,
    }),
  );
  return exitCodes.ok;
}
