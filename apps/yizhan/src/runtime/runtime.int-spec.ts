import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NewEvent, newEvent } from '@yizhan/event-log';
import { ManualClock, SeededIds } from '@yizhan/kernel';
import { pino } from 'pino';
import { Client } from 'pg';
import { DataDirectory } from './data/data-directory.js';
import { DatabaseServer } from './postgres/database-server.js';
import { adminRole } from './postgres/postgres-cluster.js';
import { allMigrations } from './migrations.js';
import { discardDataDirectory } from './data/discard.js';
import { healthOf } from './health.js';
import { Runtime, type RuntimeOptions } from './runtime.js';
import { RuntimeWorld } from './runtime-world.js';

jest.setTimeout(60_000);

const directory = new DataDirectory(join(tmpdir(), `yizhan-runtime-${randomUUID()}`));
const clock = new ManualClock(Date.parse('2026-03-02T00:00:00Z'));
const start = (changes: Partial<RuntimeOptions> = {}): Promise<Runtime> =>
  Runtime.start({
    directory,
    clock,
    ids: new SeededIds('runtime'),
    database: 'embedded',
    mode: 'stepped',
    what: 'test',
    log: pino({ level: 'silent' }),
    tell: () => undefined,
    ...changes,
  });

const elsewhere = new DataDirectory(join(tmpdir(), `yizhan-runtime-${randomUUID()}`));

/** The embedded server as somebody else's. */
const urlOfServer = async (): Promise<string> => {
  const [row] = await runtime.services.log.rows<{ port: string }>(`SELECT current_setting('port') AS port`);
  return `postgres://${adminRole}:${directory.readSecrets().admin}@127.0.0.1:${row?.port}/yizhan`;
};

/** Passwords of every role, as the server keeps them. */
const storedPasswords = async (): Promise<unknown> => {
  const admin = new Client(await urlOfServer());
  await admin.connect();
  const { rows } = await admin.query('SELECT rolname, rolpassword FROM pg_authid ORDER BY rolname');
  await admin.end();
  return rows;
};

const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
};

let runtime: Runtime;
let world: RuntimeWorld;

beforeAll(async () => {
  runtime = await start();
  world = new RuntimeWorld(runtime);
});

afterAll(async () => {
  await runtime.stop();
  discardDataDirectory(directory);
  discardDataDirectory(elsewhere);
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
  runtime.services
    .portsOf('scheduler')
    .database.transaction(async (tx) =>
      runtime.services.portsOf('scheduler').outbox.append(tx, { id: event.subject, causationId: 'test' }, [event]),
    );

it('parks what a handler of the assembled process cannot handle, and goes on', async () => {
  await append(nonsense('one'));
  await append(nonsense('two'));
  await world.drain();
  const parked = await runtime.services
    .portsOf('scheduler')
    .database.rows<{ subject: string }>('SELECT subject FROM scheduler.parked_events ORDER BY position');
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
  for (const { ports } of runtime.services.equipped) {
    const [row] = await ports.database.rows<{ role: string; privileged: boolean; owned: number }>(
      `SELECT current_user AS role, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS privileged,
         (SELECT count(*) FROM pg_class WHERE relowner = r.oid) AS owned
       FROM pg_roles r WHERE rolname = current_user`,
    );
    expect(row).toMatchObject({ privileged: false, owned: 0 });
  }
});

it('runs a database that loses nothing', async () => {
  const settings = await runtime.services.portsOf('station').database.rows<{ name: string; setting: string }>(
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

it('keeps another data directory away from its PostgreSQL, before it has touched anything', async () => {
  const before = await storedPasswords();
  const database = await urlOfServer();
  const fault = { exitCode: 3, message: expect.stringContaining('another Yizhan works with this PostgreSQL already') };
  await expect(start({ directory: elsewhere, database })).rejects.toMatchObject(fault);
  const server = await DatabaseServer.byUrl(database, elsewhere.ensureSecrets());
  await expect(server.prepare(allMigrations)).rejects.toMatchObject(fault);
  expect(await storedPasswords()).toEqual(before);
});

it('keeps it away also after its own connection was lost, and migrates beside itself', async () => {
  const database = await urlOfServer();
  const admin = new Client(database);
  await admin.connect();
  const holders = async (): Promise<number[]> => {
    const { rows } = await admin.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'yizhan ' || $1 || '/%'`,
      [directory.readSecrets().id],
    );
    return rows.map(({ pid }) => pid);
  };
  const [first] = await holders();
  await admin.query('SELECT pg_terminate_backend($1)', [first]);
  await until(async () => (await holders()).some((pid) => pid !== first));
  await expect(start({ directory: elsewhere, database })).rejects.toThrow('another Yizhan works');
  const again = await DatabaseServer.byUrl(database, directory.readSecrets());
  expect(await again.prepare(allMigrations)).toEqual([]);
  await admin.end();
});

it('says that it has lost its place where another data directory has come in between', async () => {
  const admin = new Client(await urlOfServer());
  await admin.connect();
  // In the maintenance database, as the product does.
  const other = new Client({ connectionString: (await urlOfServer()).replace(/yizhan$/, 'postgres') });
  await other.connect();
  await other.query(`SET application_name = 'yizhan ${randomUUID()}/0000'`);
  const holder = await other.query<{ pid: number }>(
    `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $1::bigint::oid`,
    [0x79697c],
  );
  const waiting = other.query('SELECT pg_advisory_lock($1)', [0x79697c]);
  await admin.query('SELECT pg_terminate_backend($1)', [holder.rows[0]?.pid]);
  await waiting;
  expect(await runtime.lost).toMatchObject({ exitCode: 3, message: expect.stringContaining('another Yizhan') });
  await Promise.all([admin.end(), other.end()]);
  await runtime.stop();
  runtime = await start();
  world = new RuntimeWorld(runtime);
});

it('is not alive where the sequencer stands still while work waits for it', async () => {
  const { live } = healthOf(runtime.services, [], directory as never);
  const isAlive = async (): Promise<boolean> => {
    const verdicts = await Promise.all(live.map(async (each) => each.check()));
    return verdicts.every(({ ok }) => ok);
  };
  let now = 0;
  const watch = jest.spyOn(performance, 'now').mockImplementation(() => now);
  try {
    expect(await isAlive()).toBe(true);
    now += 60_000;
    expect(await isAlive()).toBe(true);
    await append(nonsense('four'));
    expect(await isAlive()).toBe(true);
    now += 29_000;
    expect(await isAlive()).toBe(true);
    now += 2_000;
    expect(await isAlive()).toBe(false);
    await world.sequence();
    expect(await isAlive()).toBe(true);
  } finally {
    watch.mockRestore();
  }
});

it('decides under the name of its data directory, and under one for all in a replay', async () => {
  expect(runtime.services.portsOf('scheduler').owner).toBe('single');
  await runtime.stop();
  runtime = await start({ mode: 'live' });
  expect(runtime.services.portsOf('scheduler').owner).toBe(directory.readSecrets().id);
});

it('counts for Prometheus what every service in it does', async () => {
  await runtime.stop();
  runtime = await start({ mode: 'live', http: { host: '127.0.0.1', port: 0 } });
  const metrics = async (): Promise<string> => (await fetch(`${runtime.address}/metrics`)).text();
  expect(await metrics()).toContain('yizhan_parked_events{group="scheduler",state="retrying"}');
  await append(nonsense('five'));
  await until(async () => /yizhan_events_parked_total\{group="scheduler",[^}]*\} [1-9]/.test(await metrics()));
});
