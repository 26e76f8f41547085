import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NewEvent, newEvent } from '@yizhan/event-log';
import { ManualClock, SeededIds } from '@yizhan/kernel';
import { pino } from 'pino';
import { DataDirectory } from './data/data-directory.js';
import { discardDataDirectory } from './data/discard.js';
import { Runtime } from './runtime.js';
import { RuntimeWorld } from './runtime-world.js';

jest.setTimeout(60_000);

const directory = new DataDirectory(join(tmpdir(), `yizhan-runtime-${randomUUID()}`));
const clock = new ManualClock(Date.parse('2026-03-02T00:00:00Z'));
const start = (): Promise<Runtime> =>
  Runtime.start({
    directory,
    clock,
    ids: new SeededIds('runtime'),
    database: 'embedded',
    mode: 'stepped',
    what: 'test',
    log: pino({ level: 'silent' }),
    tell: () => undefined,
  });

let runtime: Runtime;
let world: RuntimeWorld;

beforeAll(async () => {
  runtime = await start();
  world = new RuntimeWorld(runtime);
});

afterAll(async () => {
  await runtime.stop();
  discardDataDirectory(directory);
});

/** A proposal for nothing that exists, of a form that nobody expects. */
const nonsense = (handoffId: string): NewEvent =>
  newEvent({
    name: 'assignment.proposed',
    subject: `assignment/${handoffId}`,
    areaCode: 'nowhere',
    time: clock.now(),
    data: null as never,
  });

const append = (event: NewEvent): Promise<void> =>
  runtime.services.scheduler.database.transaction(async (tx) =>
    runtime.services.scheduler.outbox.append(tx, { id: event.subject, causationId: 'test' }, [event]),
  );

it('parks what a handler of the assembled process cannot handle, and goes on', async () => {
  await append(nonsense('one'));
  await append(nonsense('two'));
  await world.drain();
  const parked = await runtime.services.scheduler.database.rows<{ subject: string }>(
    'SELECT subject FROM scheduler.parked_events ORDER BY position',
  );
  expect(parked.map(({ subject }) => subject)).toEqual(['assignment/one', 'assignment/two']);
  expect(await world.reader.head()).toBe(2);
});

it('moves nothing by itself when it is stepped', async () => {
  await append(nonsense('three'));
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(await world.reader.head()).toBe(2);
  await world.sequence();
  expect(await world.reader.head()).toBe(3);
});

it('works as roles that own nothing and are no superusers', async () => {
  const { station, scheduler } = runtime.services;
  for (const { database } of [station, scheduler]) {
    const [row] = await database.rows<{ role: string; privileged: boolean; owned: number }>(
      `SELECT current_user AS role, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS privileged,
         (SELECT count(*) FROM pg_class WHERE relowner = r.oid) AS owned
       FROM pg_roles r WHERE rolname = current_user`,
    );
    expect(row).toMatchObject({ privileged: false, owned: 0 });
  }
});

it('runs a database that loses nothing', async () => {
  const settings = await runtime.services.station.database.rows<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings WHERE name IN
       ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'listen_addresses')`,
  );
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    data_checksums: 'on',
    listen_addresses: '127.0.0.1',
  });
});

it('lets a directory go when it stops, and starts on it again', async () => {
  await expect(start()).rejects.toThrow('is working on');
  await runtime.stop();
  runtime = await start();
  world = new RuntimeWorld(runtime);
  expect(await world.reader.head()).toBe(3);
});
