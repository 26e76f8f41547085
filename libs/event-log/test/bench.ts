import { ManualClock, SeededIds } from '@yizhan/kernel';
import type { Database, Transaction } from '@yizhan/persistence';
import { openTestDatabase } from '@yizhan/testing';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createConsumerTables } from '../src/consumer-tables.js';
import { RecentEntries } from '../src/log-entry.js';
import { LogReader } from '../src/log-reader.js';
import { CreateEventLog1764000000000 } from '../src/migrations/1764000000000-create-event-log.js';
import { newEvent, Outbox } from '../src/outbox.js';
import { Sequencer } from '../src/sequencer.js';

/** One log in a fresh database, with a service that writes and consumes. */
export interface Bench {
  /** Time of the consumers: stands still until a test moves it. */
  readonly clock: ManualClock;
  readonly service: Database;
  readonly log: Database;
  readonly reader: LogReader;
  readonly recent: RecentEntries;
  readonly sequencer: Sequencer;
  /** Set by the transport that wants to be told of commits. */
  onCommit: () => void;
  /** States one event per subject in a transaction of the caller's. */
  append(tx: Transaction, cause: string, subjects: readonly string[]): void;
  /** The argument of `event_log.append` that states one event per subject, for tests that send it themselves. */
  lines(subjects: readonly string[]): string;
  /** The same in a transaction of its own. */
  write(cause: string, subjects: readonly string[]): Promise<void>;
  sequenceAll(): Promise<void>;
  /** Puts a document that is none at the place of the newest entry. */
  spoilNewestEntry(raw: string): Promise<void>;
  close(): Promise<void>;
}

class CreateBench1 implements MigrationInterface {
  readonly name = 'CreateBench1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await createConsumerTables(runner, 'station');
    await runner.query(`CREATE TABLE station.effects (
      effect_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, subject text NOT NULL, sequence bigint NOT NULL, event_id uuid NOT NULL)`);
  }

  async down(): Promise<void> {}
}

export async function openBench(): Promise<Bench> {
  const database = await openTestDatabase({
    migrations: [
      { schema: 'event_log', migrations: [CreateEventLog1764000000000] },
      { schema: 'station', migrations: [CreateBench1] },
    ],
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
    recent,
    sequencer,
    reader: new LogReader(service, recent),
    onCommit: () => undefined,
    append: (tx, cause, subjects) =>
      outbox.append(
        tx,
        { id: cause, causationId: cause },
        subjects.map((subject) =>
          newEvent({
            name: 'station.resumed',
            subject,
            areaCode: 'A',
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
    write: (cause, subjects) => service.transaction(async (tx) => bench.append(tx, cause, subjects)),
    sequenceAll: async () => {
      while ((await sequencer.pass()) > 0);
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
