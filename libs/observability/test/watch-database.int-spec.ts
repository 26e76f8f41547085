import {
  createConsumerTables,
  eventLogMigrations,
  extendConsumerTables,
  RecentEntries,
  Sequencer,
} from '@yizhan/event-log';
import { ManualClock, toIso } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import { openTestDatabase, type TestDatabase } from '@yizhan/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Metrics } from '../src/metrics.js';
import { watchBacklog, watchParked } from '../src/watch-database.js';

class CreateTables1 implements MigrationInterface {
  readonly name = 'CreateTables1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await createConsumerTables(runner, 'station');
    await extendConsumerTables(runner, 'station');
  }

  async down(): Promise<void> {}
}

const began = 1_700_000_000_000;
let test: TestDatabase;
let station: Database;
let log: Database;
let clock: ManualClock;
let faults: string[];
let metrics: Metrics;

beforeEach(async () => {
  test = await openTestDatabase({
    migrations: [eventLogMigrations, { schema: 'station', migrations: [CreateTables1] }],
  });
  station = await test.open('station');
  log = await test.open('eventLog');
  clock = new ManualClock(began);
  faults = [];
  metrics = new Metrics((where) => faults.push(where));
});
afterEach(() => test.close());

const shown = async (name: string): Promise<string[]> =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(name));

const document = (subject: string): string =>
  JSON.stringify({
    type: 'yizhan.station.resumed.v1',
    id: '01900000-0000-7000-8000-000000000001',
    subject,
    partitionkey: 'A',
    correlationid: 'x',
    recordedtime: toIso(clock.now()),
  });

const append = (subject: string): Promise<unknown> =>
  station.rows('SELECT event_log.append($1)', [JSON.stringify([{ subject, event: document(subject) }])]);

const park = (position: number, state: string, group = 'station'): Promise<unknown> =>
  station.rows(
    `INSERT INTO station.parked_events (consumer_group, position, partition_key, subject, type, document, state, attempts, parked_at)
     VALUES ($1, $2, 'A', 'visit/1', 't', '{}', $3, 1, 0)`,
    [group, position, state],
  );

it('tells how many events of the group are parked, by state', async () => {
  watchParked(metrics, { group: 'station', database: station, schema: 'station' });
  const line = (state: string, count: number): string =>
    `yizhan_parked_events{group="station",state="${state}"} ${count}`;
  expect(await shown('yizhan_parked_events')).toEqual(
    ['waiting', 'retrying', 'parked', 'released'].map((state) => line(state, 0)),
  );
  await park(1, 'parked');
  await park(2, 'waiting');
  await park(3, 'waiting');
  await park(4, 'parked', 'other');
  expect(await shown('yizhan_parked_events')).toEqual([
    line('waiting', 2),
    line('retrying', 0),
    line('parked', 1),
    line('released', 0),
  ]);
  expect(faults).toEqual([]);
});

it('tells what has no position, and how old the oldest of it is', async () => {
  watchBacklog(metrics, { database: log, clock, isOnKafka: false });
  const backlog = async (): Promise<string[]> => [
    ...(await shown('yizhan_outbox_rows')),
    ...(await shown('yizhan_oldest_unpublished_seconds')),
  ];
  expect(await backlog()).toEqual(['yizhan_outbox_rows 0', 'yizhan_oldest_unpublished_seconds 0']);
  await append('visit/1');
  clock.moveTo(began + 4_000);
  await append('visit/2');
  clock.moveTo(began + 10_500);
  expect(await backlog()).toEqual(['yizhan_outbox_rows 2', 'yizhan_oldest_unpublished_seconds 10.5']);
  await new Sequencer(log, new RecentEntries()).pass();
  expect(await backlog()).toEqual(['yizhan_outbox_rows 0', 'yizhan_oldest_unpublished_seconds 0']);
});

it('still counts a row that was passed over because it was not committed yet', async () => {
  watchBacklog(metrics, { database: log, clock, isOnKafka: false });
  let commit: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (commit = resolve));
  let appended: () => void = () => undefined;
  const isAppended = new Promise<void>((resolve) => (appended = resolve));
  const late = station.transaction(async (tx) => {
    await tx.rows('SELECT event_log.append($1)', [
      JSON.stringify([{ subject: 'visit/late', event: document('visit/late') }]),
    ]);
    appended();
    await held;
  });
  await isAppended;
  clock.moveTo(began + 5_000);
  await append('visit/2');
  await new Sequencer(log, new RecentEntries()).pass();
  commit();
  await late;
  expect(await shown('yizhan_outbox_rows')).toEqual(['yizhan_outbox_rows 1']);
  expect(await shown('yizhan_oldest_unpublished_seconds')).toEqual(['yizhan_oldest_unpublished_seconds 5']);
});

it('counts an entry as unpublished until Kafka has it, where there is Kafka', async () => {
  watchBacklog(metrics, { database: log, clock, isOnKafka: true });
  await append('visit/1');
  clock.moveTo(began + 2_000);
  await append('visit/2');
  await new Sequencer(log, new RecentEntries()).pass();
  clock.moveTo(began + 3_000);
  const age = (): Promise<string[]> => shown('yizhan_oldest_unpublished_seconds');
  expect(await age()).toEqual(['yizhan_oldest_unpublished_seconds 3']);
  await log.rows('UPDATE event_log.published SET position = 1');
  expect(await age()).toEqual(['yizhan_oldest_unpublished_seconds 1']);
  await log.rows('UPDATE event_log.published SET position = 2');
  expect(await age()).toEqual(['yizhan_oldest_unpublished_seconds 0']);
  expect(await shown('yizhan_outbox_rows')).toEqual(['yizhan_outbox_rows 0']);
  expect(faults).toEqual([]);
});

it('leaves the gauges out, and says why, where the database has gone', async () => {
  watchBacklog(metrics, { database: log, clock, isOnKafka: true });
  await log.close();
  expect(await shown('yizhan_outbox_rows')).toEqual([]);
  expect(await shown('process_cpu_seconds_total')).toHaveLength(1);
  expect(faults).toContain('reading yizhan_outbox_rows');
});
