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

/** Names of migrations that have not run yet; empty where the database fits this program. */
export async function pendingMigrations(owner: Connection, sets: readonly MigrationSet[]): Promise<string[]> {
  const pending: string[] = [];
  for (const set of sets) {
    pending.push(
      ...(await withMigrations(owner, set, async (source) => {
        const table = await source.query<{ found: boolean }[]>(`SELECT to_regclass($1) IS NOT NULL AS found`, [
          `${set.schema}.migrations`,
        ]);
        const ran = table[0]?.found
          ? await source.query<{ name: string }[]>(`SELECT name FROM ${set.schema}.migrations`)
          : [];
        const names = new Set(ran.map((row) => row.name));
        return set.migrations.map((migration) => migration.name).filter((name) => !names.has(name));
      })),
    );
  }
  return pending;
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
