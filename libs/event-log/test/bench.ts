import { ManualClock, SeededIds } from '@yizhan/kernel';
import type { Connection, Database, Transaction } from '@yizhan/persistence';
import { openTestDatabase } from '@yizhan/testing';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createConsumerTables, extendConsumerTables } from '../src/consumer-tables.js';
import { RecentEntries } from '../src/log-entry.js';
import { LogReader } from '../src/log-reader.js';
import { eventLogMigrations } from '../src/event-log-migrations.js';
import { newEvent, Outbox } from '../src/outbox.js';
import { Sequencer } from '../src/sequencer.js';

/** One log in a fresh database, with a service that writes and consumes. */
export interface Bench {
  /** Time of the consumers: stands still until a test moves it. */
  readonly clock: ManualClock;
  readonly service: Database;
  readonly log: Database;
  /** The sequencer's role's way to connections of its own. */
  readonly logConnection: Connection;
  /** To do what no role of the product may. */
  readonly admin: Connection;
  readonly reader: LogReader;
  readonly recent: RecentEntries;
  readonly sequencer: Sequencer;
  /** Set by the transport that wants to be told of commits. */
  onCommit: () => void;
  /** States one event per subject in a transaction of the caller's. */
  append(tx: Transaction, cause: string, subjects: readonly string[], areaCode?: string): void;
  /** The argument of `event_log.append` that states one event per subject, for tests that send it themselves. */
  lines(subjects: readonly string[]): string;
  /** The same in a transaction of its own; in area A unless said otherwise. */
  write(cause: string, subjects: readonly string[], areaCode?: string): Promise<void>;
  sequenceAll(): Promise<void>;
  /** Whether everything that is committed has its place in the log. */
  isSequenced(): Promise<boolean>;
  /** Puts a document that is none at the place of the newest entry; a transport that keeps a copy of the log copies it again. */
  spoilNewestEntry: (raw: string) => Promise<void>;
  close(): Promise<void>;
}

class CreateBench1 implements MigrationInterface {
  readonly name = 'CreateBench1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await createConsumerTables(runner, 'station');
    await extendConsumerTables(runner, 'station');
    await runner.query(`CREATE TABLE station.effects (
      effect_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, subject text NOT NULL, sequence bigint NOT NULL, event_id uuid NOT NULL)`);
  }

  async down(): Promise<void> {}
}

export async function openBench(): Promise<Bench> {
  const database = await openTestDatabase({
    migrations: [eventLogMigrations, { schema: 'station', migrations: [CreateBench1] }],
  });
  const service = await database.open('station');
  const log = await database.open('eventLog');
  const clock = new ManualClock(1_700_000_000_000);
  const recent = new RecentEntries();
  const sequencer = new Sequencer(log, recent);
  const outbox = new Outbox('/yizhan/station', clock, new SeededIds('bench'), () => bench.onCommit());
  const bench: Bench = {
    clock,
    service,
    log,
    logConnection: database.connection('eventLog'),
    admin: database.admin,
    recent,
    sequencer,
    reader: new LogReader(service, recent),
    onCommit: () => undefined,
    append: (tx, cause, subjects, areaCode = 'A') =>
      outbox.append(
        tx,
        { id: cause, causationId: cause },
        subjects.map((subject) =>
          newEvent({
            name: 'station.resumed',
            subject,
            areaCode,
            time: clock.now(),
            data: { stationCode: 'JD' },
          }),
        ),
      ),
    lines: (subjects) => {
      let argument: unknown;
      const last = (_sql: string, values?: readonly unknown[]): void => {
        argument = values?.[0];
      };
      const silent = { last, onCommit: () => undefined } as unknown as Transaction;
      bench.append(silent, `lines of ${subjects.join()}`, subjects);
      return argument as string;
    },
    write: (cause, subjects, areaCode) =>
      service.transaction(async (tx) => bench.append(tx, cause, subjects, areaCode)),
    sequenceAll: async () => {
      while ((await sequencer.pass()) > 0);
    },
    isSequenced: async () => {
      const [row] = await log.rows<{ waiting: boolean }>(
        `SELECT EXISTS (SELECT FROM event_log.outbox o, event_log.sequencer s WHERE o.id > s.outbox_id
           OR o.id IN (SELECT (gap->>'id')::bigint FROM jsonb_array_elements(s.gaps) AS gap)) AS waiting`,
      );
      return !(row?.waiting ?? true);
    },
    spoilNewestEntry: async (raw) => {
      const admin = new Client(database.admin);
      await admin.connect();
      await admin.query(
        'UPDATE event_log.entries SET document = $1 WHERE position = (SELECT max(position) FROM event_log.entries)',
        [raw],
      );
      await admin.end();
      recent.confirmHead(-1);
    },
    close: () => database.close(),
  };
  return bench;
}

/** The database, with some of its ways replaced. */
export function altered(database: Database, ways: Partial<Pick<Database, 'rows' | 'transaction'>>): Database {
  return new Proxy(database, {
    get: (_, property) => {
      const way: unknown = Reflect.get(ways, property) ?? Reflect.get(database, property);
      return typeof way === 'function' ? (way.bind(database) as unknown) : way;
    },
  });
}
