import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { YizhanEvent } from '@yizhan/contracts';
import { createDataSource, migrate } from '@yizhan/persistence';
import { openTestDatabase, type TestDatabase } from '@yizhan/testing';
import { Client } from 'pg';
import { canonicalJson } from '../src/canonical-json.js';
import { eventLogMigrations } from '../src/event-log-migrations.js';
import { RecentEntries } from '../src/log-entry.js';
import { LogReader } from '../src/log-reader.js';
import { AppendPlaces1765000004000 } from '../src/migrations/1765000004000-append-places.js';
import { settleRestoredLog } from '../src/restored-log.js';
import { Sequencer } from '../src/sequencer.js';

const { schema, migrations } = eventLogMigrations;
const index = migrations.indexOf(AppendPlaces1765000004000);
const before = { schema, migrations: migrations.slice(0, index) };
const after = { schema, migrations: migrations.slice(0, index + 1) };

let test: TestDatabase;
let admin: Client;

beforeEach(async () => {
  test = await openTestDatabase({ migrations: [before] });
  admin = new Client(test.admin);
  await admin.connect();
});
afterEach(async () => {
  await admin.end();
  await test.close();
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const eventOf = (partitionkey: string, subject: string): object => ({
  specversion: '1.0',
  id: '0198c0de-0000-7000-8000-000000000001',
  type: 'yizhan.station.resumed.v1',
  subject,
  partitionkey,
  correlationid: subject,
  recordedtime: '2026-11-30T00:00:00.000Z',
});

/** A log of two areas as the version before left it: the third id was passed over, and the fourth came to its place. */
async function writeOldLog(): Promise<Record<string, string>> {
  const heads: Record<string, string> = {};
  for (const [at, key] of ['A', 'B', 'A'].entries()) {
    const document = canonicalJson({ ...eventOf(key, `visit/${at}`), position: String(at + 1) });
    await admin.query(
      `INSERT INTO event_log.entries (position, event_id, type, subject, sequence, partition_key, correlation_id, recorded_at, document)
       VALUES ($1, gen_random_uuid(), 't', $2, 1, $3, $2, now(), $4)`,
      [at + 1, `visit/${at}`, key, document],
    );
    heads[key] = sha256(document);
    await admin.query(
      `INSERT INTO event_log.heads VALUES ($1, $2, $3)
       ON CONFLICT (partition_key) DO UPDATE SET position = EXCLUDED.position, hash = EXCLUDED.hash`,
      [key, at + 1, heads[key]],
    );
  }
  await admin.query(`UPDATE event_log.sequencer SET position = 3, outbox_id = 4, gaps = '[{"id": 3}]'`);
  for (const [id, key] of [
    [3, 'A'],
    [5, 'B'],
  ] as const) {
    const subject = `visit/${id}`;
    await admin.query(`INSERT INTO event_log.outbox OVERRIDING SYSTEM VALUE VALUES ($1, $2, 1, $3)`, [
      id,
      subject,
      JSON.stringify(eventOf(key, subject)),
    ]);
  }
  return heads;
}

async function sequenceOn(): Promise<YizhanEvent[]> {
  const log = await test.open('eventLog');
  const sequencer = new Sequencer(log, new RecentEntries());
  while ((await sequencer.pass()) > 0);
  const rows = await new LogReader(log).documentsAfter(3, 100);
  return rows.map(({ document }) => JSON.parse(document) as YizhanEvent);
}

const placeOfOld = async () => (await admin.query('SELECT * FROM event_log.sequencer')).rows;

it('goes on where the version before has stopped, with the hashes that it left and the id that it passed over', async () => {
  const heads = await writeOldLog();
  // A backup of that version is put back before it is upgraded.
  await settleRestoredLog(admin);
  expect(await placeOfOld()).toMatchObject([{ position: '3', outbox_id: '4', gaps: [{ id: 3 }] }]);
  await migrate(test.owner, [after]);
  expect(await sequenceOn()).toMatchObject([
    { subject: 'visit/3', position: '4', previous: '3', prevhash: heads['A'] },
    { subject: 'visit/5', position: '5', previous: '2', prevhash: heads['B'] },
  ]);
});

it('waits for a pass that is under way', async () => {
  await writeOldLog();
  await admin.query('BEGIN');
  await admin.query(`UPDATE event_log.sequencer SET position = 7`);
  const migrated = migrate(test.owner, [after]);
  const waits = `SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()`;
  while ((await admin.query(waits)).rowCount === 0) await pause(5);
  await admin.query('COMMIT');
  await migrated;
  expect(await placeOfOld()).toMatchObject([{ position: '7' }]);
});

it('leaves a log on which the version before goes on, when it is undone', async () => {
  await writeOldLog();
  await migrate(test.owner, [after]);
  const written = await sequenceOn();
  const source = createDataSource({
    connection: test.owner,
    applicationName: 'undo',
    schema,
    migrations: [...after.migrations],
    poolSize: 1,
  });
  await source.initialize();
  await source.undoLastMigration();
  await source.destroy();
  expect(await placeOfOld()).toMatchObject([{ position: '5', outbox_id: '5', gaps: [] }]);
  const { rows } = await admin.query('SELECT * FROM event_log.heads ORDER BY partition_key');
  expect(rows).toEqual(
    written.map((event, at) => ({
      partition_key: event.partitionkey,
      position: String(at + 4),
      hash: sha256(canonicalJson(event)),
    })),
  );
  // Room is made as before, too.
  await admin.query('SELECT event_log.ensure_partitions(2000000)');
});
