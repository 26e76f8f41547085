import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { type Connection, createDataSource, type DataSourceSettings } from './connection.js';

/** One schema's migrations, in the order in which they were written. */
export interface MigrationSet {
  readonly schema: string;
  readonly migrations: readonly Function[];
}

/** `yizhan` in ASCII: the advisory lock under which one process at a time migrates. */
const migrationLock = 0x79697a;

/**
 * Brings every schema to the newest version, as the owner role and under an advisory lock.
 * @returns names of the migrations that ran.
 */
export async function migrate(owner: Connection, sets: readonly MigrationSet[]): Promise<string[]> {
  const lock = new Client(owner);
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const ran: string[] = [];
    for (const set of sets) {
      ran.push(
        ...(await withMigrations(owner, set, async (source) => {
          const done = await source.runMigrations({ transaction: 'each' });
          return done.map((migration) => migration.name);
        })),
      );
    }
    return ran;
  } finally {
    await lock.end();
  }
}

/** How a database stands to a program, by names of migrations. */
export interface MigrationState {
  readonly ran: readonly string[];
  /** Of the program, and not run yet. */
  readonly pending: readonly string[];
  /** Run by a newer program: this one does not know them. */
  readonly unknown: readonly string[];
}

export async function migrationState(owner: Connection, sets: readonly MigrationSet[]): Promise<MigrationState> {
  const client = new Client(owner);
  await client.connect();
  try {
    const states: MigrationState[] = [];
    for (const set of sets) states.push(await stateOf(client, set));
    return {
      ran: states.flatMap(({ ran }) => ran),
      pending: states.flatMap(({ pending }) => pending),
      unknown: states.flatMap(({ unknown }) => unknown),
    };
  } finally {
    await client.end();
  }
}

async function stateOf(client: Client, { schema, migrations }: MigrationSet): Promise<MigrationState> {
  const table = await client.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [
    `${schema}.migrations`,
  ]);
  const { rows } = table.rows[0]?.found
    ? await client.query<{ name: string }>(`SELECT name FROM ${schema}.migrations ORDER BY id`)
    : { rows: [] };
  const ran = rows.map(({ name }) => name);
  const known = migrations.map(({ name }) => name);
  return {
    ran,
    pending: known.filter((name) => !ran.includes(name)),
    unknown: ran.filter((name) => !known.includes(name)),
  };
}

/** Names of migrations that have not run yet; empty where the database fits this program. */
export async function pendingMigrations(owner: Connection, sets: readonly MigrationSet[]): Promise<readonly string[]> {
  return (await migrationState(owner, sets)).pending;
}

async function withMigrations<T>(
  owner: Connection,
  set: MigrationSet,
  work: (source: DataSource) => Promise<T>,
): Promise<T> {
  const settings: DataSourceSettings = {
    connection: owner,
    applicationName: 'yizhan migrate',
    schema: set.schema,
    migrations: [...set.migrations],
    poolSize: 1,
  };
  const source = createDataSource(settings);
  await source.initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}
