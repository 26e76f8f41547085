import { randomUUID } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { discardDataDirectory } from '../runtime/data/discard.js';
import { allMigrations } from '../runtime/migrations.js';
import { DatabaseServer } from '../runtime/postgres/database-server.js';
import { judge } from './database.js';

jest.setTimeout(120_000);

const directory = new DataDirectory(join(tmpdir(), `yizhan-damaged-${randomUUID()}`));
let server: DatabaseServer;

const start = (): Promise<DatabaseServer> =>
  DatabaseServer.embedded({ directory, secrets: directory.readSecrets(), isDurable: false, tell: () => undefined });

beforeAll(async () => {
  directory.makeFolder();
  directory.ensureSecrets();
  server = await start();
  await server.prepare(allMigrations);
});
afterAll(async () => {
  await server.stop();
  discardDataDirectory(directory);
});

async function ask(sql: string): Promise<string> {
  const client = new Client(server.asAdmin());
  await client.connect();
  try {
    const { rows } = await client.query<{ said: string }>(sql);
    return rows[0]?.said ?? '';
  } finally {
    await client.end();
  }
}

it('finds a database well until a page has been read that its disk has changed', async () => {
  expect(await judge(server)).toMatchObject({ state: 'ok' });
  await ask('CREATE TABLE event_log.cargo AS SELECT n FROM generate_series(1, 1000) n');
  const file = join(server.cluster ?? '', await ask(`SELECT pg_relation_filepath('event_log.cargo') AS said`));
  await server.stop();
  const page = openSync(file, 'r+');
  writeSync(page, Buffer.from([0xff]), 0, 1, 8_000);
  closeSync(page);

  server = await start();
  expect(await judge(server)).toMatchObject({ state: 'ok' });
  await expect(ask('SELECT sum(n)::text AS said FROM event_log.cargo')).rejects.toThrow('invalid page in block 0');
  expect(await judge(server)).toMatchObject({
    state: 'fail',
    says: expect.stringMatching(/^\d+ reads found a page that is not what was written, the last at 20\d\d-/),
    mend: expect.stringContaining('restore the newest'),
  });
});
