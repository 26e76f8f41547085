import { ownerRole, pendingMigrations } from '@yizhan/persistence';
import { exitCodes, type ExitCode } from '@yizhan/process';
import { backUpBeforeUpgrade } from '../backup/before-upgrade.js';
import { readConfiguration } from '../runtime/config.js';
import { allMigrations } from '../runtime/migrations.js';
import { type CommandOptions, databaseOf, directoryOf } from './command-options.js';
import { inLanguage, print, printJson, tell } from './screen.js';

export interface MigrateOptions extends CommandOptions {
  readonly check?: boolean;
}

/** Brings the database to this version, or says with `--check` what is missing. */
export async function migrateDatabase(options: MigrateOptions): Promise<ExitCode> {
  const configuration = readConfiguration();
  const directory = directoryOf(options, configuration);
  const target = configuration.backupDirectory ?? directory.backupFolder;
  const { databaseUrl, reserveBytes } = configuration;
  const beforeUpgrade =
    databaseUrl === undefined ? backUpBeforeUpgrade({ directory, target, reserveBytes, tell }) : undefined;
  const names = await databaseOf<readonly string[]>(options, 'migrate', (server) =>
    options.check
      ? pendingMigrations(server.as(ownerRole), allMigrations)
      : server.prepare(allMigrations, beforeUpgrade),
  );
  if (options.json) printJson(options.check ? { pending: names } : { ran: names });
  else if (names.length > 0) print(names.join('\n'));
  else print(inLanguage({ en: 'the database is up to date', zh: '数据库已是最新' }));
  return options.check && names.length > 0 ? exitCodes.failed : exitCodes.ok;
}
