import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationState, ownerRole } from '@yizhan/persistence';
import { Fault, messageOf } from '@yizhan/process';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { discardDataDirectory } from '../runtime/data/discard.js';
import { DatabaseServer } from '../runtime/postgres/database-server.js';
import { allMigrations } from '../runtime/migrations.js';
import { withDatabase } from '../runtime/postgres/open-database.js';
import { type Check, type DoctorContext, fail, type Finding, ok, warn } from './check.js';

export const databaseServes: Check = {
  name: 'database',
  title: { en: 'Database', zh: '数据库' },
  look: async (context) => {
    try {
      if (!context.directory.isInUse && !context.configuration.databaseUrl) return await tryThrowAway();
      return await withServer(context, judge);
    } catch (error) {
      return fail(messageOf(error), (error instanceof Fault && error.mend) || `Read ${context.directory.postgresLog}.`);
    }
  },
};

async function withServer(
  { directory, configuration }: DoctorContext,
  work: (server: DatabaseServer) => Promise<Finding>,
): Promise<Finding> {
  const { databaseUrl } = configuration;
  return withDatabase({ directory, databaseUrl, what: 'doctor', tell: () => undefined }, work);
}

/** How a database stands to this version, to power cuts, and to its disk. */
export async function judge(server: DatabaseServer): Promise<Finding> {
  const { pending, unknown } = await migrationState(server.as(ownerRole), allMigrations);
  if (unknown.length > 0) {
    return fail(`it was written by a newer Yizhan (${unknown.join(', ')})`, 'Start that version or a newer one.');
  }
  const { count, last } = await server.damagedReads();
  if (count > 0) {
    return fail(
      `${count} reads found a page that is not what was written, the last at ${last}: the disk or the memory of this machine is broken`,
      'Copy the backups elsewhere, and restore the newest that can be checked on another disk: "npx yizhan restore --help".',
    );
  }
  const unsafe = await server.settingsThatLose();
  if (unsafe.length > 0) {
    return warn(
      `it would not survive every power cut or not see a damaged disk: ${unsafe.join(', ')}`,
      'Back up, and restore into a new data directory.',
    );
  }
  if (pending.length === 0) return ok('it starts, answers, fits this version, and has checksums');
  return warn(`it answers; ${pending.length} migrations have not run`, 'Run "npx yizhan migrate".');
}

/** Before the first start: whether a PostgreSQL can be made and started here at all. */
async function tryThrowAway(): Promise<Finding> {
  const directory = new DataDirectory(join(tmpdir(), `yizhan-doctor-${randomUUID()}`));
  try {
    directory.makeFolder();
    const secrets = directory.ensureSecrets();
    const server = await DatabaseServer.embedded({ directory, secrets, isDurable: false, tell: () => undefined });
    await server.stop();
    return ok('one was made, started, asked and removed again');
  } finally {
    discardDataDirectory(directory);
  }
}
