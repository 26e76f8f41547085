import { ownerRole, pendingMigrations } from '@yizhan/persistence';
import { exitCodes, type ExitCode } from '@yizhan/process';
import { allMigrations } from '../runtime/migrations.js';
import { type CommandOptions, databaseOf } from './command-options.js';
import { inLanguage, print, printJson } from './screen.js';

export interface MigrateOptions extends CommandOptions {
  readonly check?: boolean;
}

/** Brings the database to this version, or says with `--check` what is missing. */
export async function migrateDatabase(options: MigrateOptions): Promise<ExitCode> {
  const names = await databaseOf(options, 'migrate', (server) =>
    options.check ? pendingMigrations(server.as(ownerRole), allMigrations) : server.prepare(allMigrations),
  );
  if (options.json) printJson(options.check ? { pending: names } : { ran: names });
  else if (names.length > 0) print(names.join('\n'));
  else print(inLanguage({ en: 'the database is up to date', zh: '数据库已是最新' }));
  return options.check && names.length > 0 ? exitCodes.failed : exitCodes.ok;
}
