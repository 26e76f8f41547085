import { eventLogMigrations } from '@yizhan/event-log';
import type { Database, MigrationSet } from '@yizhan/persistence';
import { openTestDatabase, type TestDatabase } from '@yizhan/testing';
import { Client, escapeLiteral } from 'pg';

/** Entries of the one area of which there are ever more; the table has several partitions of them. */
export const busyEntries = 300_000;
/** From one position to the next. */
export const spread = 10;

interface Plan {
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** A log that one area fills, the key `busy`; another one, `quiet`, was told of twice at the beginning and never again. */
export class QuietLog {
  private constructor(readonly test: TestDatabase) {}

  static async open(migrations: readonly MigrationSet[] = []): Promise<QuietLog> {
    const test = await openTestDatabase({ migrations: [eventLogMigrations, ...migrations] });
    const database = await test.open('eventLog');
    for (let million = 1; million <= 4; million += 1)
      await database.rows('SELECT event_log.ensure_partitions($1)', [million * 1_000_000]);
    await database.rows(
      `INSERT INTO event_log.entries (position, event_id, type, subject, sequence, partition_key, correlation_id, recorded_at, document, hash)
       SELECT n * $2::int, gen_random_uuid(), 'yizhan.visit.arrived.v1', 'visit/' || n, n, CASE WHEN n <= 2 THEN 'quiet' ELSE 'busy' END,
         n, now(), '{}', decode(md5(n::text), 'hex')
       FROM generate_series(1, $1::int) AS n`,
      [busyEntries, spread],
    );
    return new QuietLog(test);
  }

  /** Has PostgreSQL count what is there, as it does by itself after a while. */
  async analyze(): Promise<void> {
    const owner = new Client(this.test.owner);
    await owner.connect();
    await owner.query('ANALYZE event_log.entries');
    await owner.end();
  }

  /** How many rows a statement looks at: the worse of how it is planned for these values, and for whatever values come. */
  async rowsLookedAt(database: Database, statement: string, values: readonly unknown[]): Promise<number> {
    const given = values.map(literal).join(', ');
    const counts: number[] = [];
    for (const mode of ['force_custom_plan', 'force_generic_plan']) {
      const explained = await database.transaction(async (tx) => {
        await tx.rows(`SET LOCAL plan_cache_mode = ${mode}`);
        await tx.rows(`PREPARE looking AS ${statement}`);
        const rows = await tx.rows<Explained>(`EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE looking (${given})`);
        await tx.rows('DEALLOCATE looking');
        return rows;
      });
      for (const { 'QUERY PLAN': plans } of explained) counts.push(...plans.map(({ Plan: plan }) => lookedAt(plan)));
    }
    return Math.max(...counts);
  }
}

interface Explained {
  readonly 'QUERY PLAN': readonly { readonly Plan: Plan }[];
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `ARRAY[${value.map(literal).join(', ')}]`;
  return typeof value === 'number' ? String(value) : escapeLiteral(String(value));
}

function lookedAt({ Plans = [], ...plan }: Plan): number {
  const own = (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'];
  return Plans.reduce((sum, each) => sum + lookedAt(each), own);
}
