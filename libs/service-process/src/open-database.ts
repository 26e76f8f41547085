import {
  type Connection,
  createDataSource,
  Database,
  type DataSourceSettings,
  type MigrationSet,
  pendingMigrations,
  type ServicePlace,
  sqlState,
} from '@yizhan/persistence';
import { environmentFault, type Fault, messageOf } from '@yizhan/process';

export interface OwnDatabase {
  readonly connection: Connection;
  readonly place: ServicePlace;
  readonly migrations: MigrationSet;
  readonly entities?: DataSourceSettings['entities'];
  readonly poolSize: number;
  /** Name of this process among its like: shown in `pg_stat_activity`. */
  readonly instance: string;
}

/** The database as one service's role. @throws Fault where it does not answer, or does not fit this version. */
export async function openOwnDatabase(settings: OwnDatabase): Promise<Database> {
  const { connection, place, migrations, entities, poolSize, instance } = settings;
  const source = createDataSource({
    connection,
    applicationName: `${place.role} ${instance}`,
    schema: place.schema,
    poolSize,
    ...(entities === undefined ? {} : { entities }),
  });
  try {
    await source.initialize();
    const pending = await pendingMigrations(connection, [migrations]);
    if (pending.length > 0) throw outOfDate(`these migrations have not run: ${pending.join(', ')}`);
    // Every service reads the log, and not every one has migrations of its own.
    await source.query('SELECT FROM event_log.entries LIMIT 1');
    return new Database(source);
  } catch (error) {
    if (source.isInitialized) await source.destroy();
    throw clearer(error, connection);
  }
}

const outOfDate = (what: string): Fault =>
  environmentFault(`the database does not fit this version: ${what}`, 'Run "npx yizhan migrate" first.');

/** No such database, schema or table; no right to it, which comes with the migrations. */
const isUnprepared = /^(3D000|3F000|42P01|42501)$/;

function clearer(error: unknown, { host, port, user }: Connection): unknown {
  const state = sqlState(error);
  if (state === undefined) return error;
  if (isUnprepared.test(state)) return outOfDate(messageOf(error));
  return environmentFault(
    `the PostgreSQL at ${host}${host.startsWith('/') ? '' : `:${port}`} does not serve user ${user}: ${messageOf(error)}`,
    'Check YIZHAN_DATABASE_URL: address, user, password.',
  );
}
