import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { newEvent, Outbox, RecentEntries, Sequencer } from '@yizhan/event-log';
import { ManualClock, SeededIds } from '@yizhan/kernel';
import { servicePlaces } from '@yizhan/persistence';
import { openTestDatabase, type TestDatabase } from '@yizhan/testing';
import { Client } from 'pg';
import { allMigrations } from '../runtime/migrations.js';
import { buildProgram } from './program.js';

let test: TestDatabase;
let admin: Client;
let data: string;
const truck = '01900000-0000-7000-8000-000000000007';
const type = 'yizhan.station.resumed.v1';

interface Ran {
  /** As the process would end with it. */
  readonly code: number | undefined;
  readonly stdout: string;
  /** The one line that a person sees. */
  readonly says: string;
}

/** The command line in this process, on the database of the test by its URL. */
async function parked(...args: string[]): Promise<Ran> {
  let stdout = '';
  let said = '';
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((stdout += String(text))));
  const err = jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((said += String(text))));
  let code: number | undefined;
  const program = buildProgram('0', (ended) => (code = ended));
  for (const each of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    each.exitOverride();
  }
  try {
    await program.parseAsync(['parked', ...args], { from: 'user' });
  } catch (error) {
    const { exitCode, message } = error as Error & { exitCode?: number };
    [code, said] = [exitCode, message];
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
  return { code, stdout, says: said };
}

async function json<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  const { code, stdout, says } = await parked(...args, '--json');
  expect({ code, says }).toEqual({ code: 0, says: '' });
  return JSON.parse(stdout) as T;
}

/** Parks a subject's events of the log as a handler of the group would have that failed at `first`. */
const park = (schema: string, group: string, first: number, error: string): Promise<unknown> =>
  admin.query(
    `INSERT INTO ${schema}.parked_events (consumer_group, position, partition_key, subject, type, document, state, attempts, error, parked_at)
     SELECT $1, e.position, e.partition_key, e.subject, e.type, e.document, CASE e.position WHEN $2 THEN 'parked' ELSE 'waiting' END,
            CASE e.position WHEN $2 THEN 5 ELSE 0 END, CASE e.position WHEN $2 THEN $3 END, 1700000000000
     FROM event_log.entries e WHERE e.subject = (SELECT subject FROM event_log.entries WHERE position = $2) AND e.position >= $2`,
    [group, first, error],
  );

const leftAt = async (group: string): Promise<string[]> => {
  const events = await json<{ position: number; state: string }[]>('list', '--group', group);
  return events.map(({ position, state }) => `${position} ${state}`);
};

/** station: visit/7 at 1, 2 and 4, visit/8 at 3; scheduler: visit/8 at 3. */
beforeEach(async () => {
  test = await openTestDatabase({ migrations: allMigrations });
  const clock = new ManualClock(1_700_000_000_000);
  const outbox = new Outbox('/yizhan/station', clock, new SeededIds('parked'), () => undefined);
  const station = await test.open('station');
  for (const [index, subject] of ['visit/7', 'visit/7', 'visit/8', 'visit/7'].entries()) {
    const event = newEvent({
      name: 'station.resumed',
      subject,
      areaCode: 'A',
      time: clock.now(),
      data: { stationCode: 'JD' },
    });
    await station.transaction(async (tx) => outbox.append(tx, { id: `${index}`, causationId: 'test' }, [event]));
  }
  await new Sequencer(await test.open('eventLog'), new RecentEntries()).pass();
  admin = new Client(test.admin);
  await admin.connect();
  await park('station', 'station', 1, `TypeError: no truck ${truck}`);
  for (const group of ['station', 'scheduler']) await park(group, group, 3, "Error: the lock on 'a\u001b[2Jb' is held");
  pointAtDatabase();
});

afterEach(async () => {
  await admin.end();
  await test.close();
  rmSync(data, { recursive: true });
  delete process.env.YIZHAN_DATABASE_URL;
  delete process.env.YIZHAN_DATA_DIRECTORY;
});

/** A data directory whose secrets open the roles of the test, and the URL of its database. */
function pointAtDatabase(): void {
  data = mkdtempSync(join(tmpdir(), 'yizhan-parked-'));
  const roles = Object.keys(servicePlaces).map((name) => {
    const { user, password } = test.connection(name as keyof typeof servicePlaces);
    return [user, password];
  });
  const secrets = { id: 'parked', admin: 'none', roles: Object.fromEntries(roles) as object };
  writeFileSync(join(data, 'secrets.json'), JSON.stringify(secrets), { mode: 0o600 });
  const { host, port, user, password, database } = test.admin;
  process.env.YIZHAN_DATA_DIRECTORY = data;
  process.env.YIZHAN_DATABASE_URL = `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
}

describe('npx yizhan parked', () => {
  it('sums up by handler and error, of every group or of one', async () => {
    const lock = { type, error: "Error: the lock on 'a\u001b[…Jb' is held", subjects: 1, events: 1, oldestPosition: 3 };
    const trucks = {
      group: 'station',
      type,
      error: 'TypeError: no truck …',
      subjects: 1,
      forPerson: 1,
      events: 3,
      oldestPosition: 1,
      oldestParkedAt: 1_700_000_000_000,
    };
    expect(await json()).toMatchObject([trucks, { group: 'station', ...lock }, { group: 'scheduler', ...lock }]);
    expect(await json('--group', 'scheduler')).toMatchObject([{ group: 'scheduler', ...lock }]);
    const { code, stdout } = await parked();
    expect(code).toBe(0);
    expect(stdout).toMatch(/Group .* Type .* Error .* Subjects .* For a person .* Events .* Oldest .* Since/);
    expect(stdout).toMatch(/station .* no truck … .* 1 .* 1 .* 3 .* 1 .* 2023-11-14T22:13:20.000Z/);
  });

  it('lists what matches, in the order of the log, and steers no terminal', async () => {
    const positions = async (...args: string[]): Promise<string[]> =>
      (await json<{ group: string; position: number }[]>('list', ...args)).map(
        (each) => `${each.group} ${each.position}`,
      );
    expect(await positions()).toEqual(['station 1', 'station 2', 'station 3', 'scheduler 3', 'station 4']);
    expect(await positions('--group', 'station', '--subject', 'visit/8')).toEqual(['station 3']);
    expect(await positions('--error', 'NO TRUCK')).toEqual(['station 1']);
    expect(await positions('--type', 'station.resumed', '--group', 'scheduler')).toEqual(['scheduler 3']);
    expect(await positions('--type', 'visit.arrived')).toEqual([]);
    const { stdout } = await parked('list');
    expect(stdout).toMatch(/station .* 1 .* visit\/7 .* parked .* 5 .* TypeError: no truck 0190/);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain(String.raw`a\u001b[2Jb`);
    expect((await parked('list', '--type', 'visit.arrived')).stdout).toBe('there is nothing\n');
  });

  it('shows one whole, with its subject in the log', async () => {
    expect(await json('show', 'station', '2')).toMatchObject({
      state: 'waiting',
      firstOfSubject: 1,
      behind: 1,
      event: { specversion: '1.0', type, position: '2', data: { stationCode: 'JD' } },
      history: [
        { position: 1, state: 'parked' },
        { position: 2, state: 'waiting' },
        { position: 4, state: 'waiting' },
      ],
    });
    const { stdout } = await parked('show', 'station', '2');
    expect(stdout).toContain('waits for: 1\nbehind it: 1\n');
    expect(stdout).toMatch(/→ .* 2 .* waiting/);
    expect(stdout).toContain('\n  "specversion": "1.0"');
  });

  it('releases one event, a subject in either way, or all that match', async () => {
    expect((await parked('release', 'station', '--position', '1')).stdout).toBe('released 3 events of 1 subject\n');
    expect(await leftAt('station')).toEqual(['1 released', '2 waiting', '3 parked', '4 waiting']);
    await admin.query(`UPDATE station.parked_events SET state = 'parked' WHERE position = 1`);
    for (const way of [['visit/7'], ['--subject', 'visit/7']]) {
      expect(await json('release', 'station', ...way)).toEqual({ group: 'station', subjects: 1, events: 3 });
      expect(await leftAt('station')).toEqual(['1 released', '2 waiting', '3 parked', '4 waiting']);
      await admin.query(`UPDATE station.parked_events SET state = 'parked' WHERE position = 1`);
    }
    const filter = ['--all', '--type', 'station.resumed', '--error', 'no truck …'];
    expect(await json('release', 'station', ...filter)).toMatchObject({ subjects: 1, events: 3 });
    expect(await json('release', 'station', '--all')).toMatchObject({ subjects: 2, events: 4 });
    expect(await leftAt('scheduler')).toEqual(['3 parked']);
  });

  it('discards the first of a subject with a reason, and remembers who said so', async () => {
    expect((await parked('discard', 'station', '1', '--reason', ' typed twice ')).stdout).toBe(
      'discarded event 1 of visit/7; the later ones go on\n',
    );
    expect(await json('discard', 'station', '2', '--reason', 'so', '--by', 'lin')).toMatchObject({ position: 2 });
    expect(await leftAt('station')).toEqual(['3 parked', '4 waiting']);
    expect(await json('discarded', '--group', 'station')).toMatchObject([
      { position: 1, reason: 'typed twice', discardedBy: `cli:${userInfo().username}`, event: { position: '1' } },
      { position: 2, reason: 'so', discardedBy: 'cli:lin' },
    ]);
    const { stdout } = await parked('discarded');
    expect(stdout).toMatch(/station .* 1 .* visit\/7 .* no truck 0190.* typed twice .* cli:/);
  });

  it('shows what could not be read', async () => {
    await admin.query(
      `INSERT INTO scheduler.quarantined (consumer_group, place, raw, reason, quarantined_at)
       VALUES ('scheduler', 'yizhan.events/3@120', repeat('x', 300), 'no JSON', 1700000000000)`,
    );
    expect(await json('quarantined')).toMatchObject([
      { group: 'scheduler', place: 'yizhan.events/3@120', raw: 'x'.repeat(300), rawLength: 300, reason: 'no JSON' },
    ]);
    expect((await parked('quarantined')).stdout).toMatch(/yizhan.events\/3@120 .* no JSON .* x{200}… /);
    expect(await json('quarantined', '--group', 'station')).toEqual([]);
  });

  it.each([
    ['no consumer is named nobody', ['list', '--group', 'nobody']],
    ['no consumer is named dispatch', ['release', 'dispatch', '--all']],
    ['too many arguments', ['nonsense']],
    ['x is no position', ['show', 'station', 'x']],
    ['no event 9 is parked by station', ['show', 'station', '9']],
    ['say once what to release', ['release', 'station']],
    ['say once what to release', ['release', 'station', 'visit/7', '--all']],
    ['--type and --error go with --all', ['release', 'station', 'visit/7', '--error', 'x']],
    ['nothing like that is parked by station', ['release', 'station', 'visit/0']],
    ['nothing like that is parked by station', ['release', 'station', '--all', '--error', 'no_truck']],
    ['waits behind event 1: release or discard that first', ['release', 'station', '--position', '2']],
    ['waits behind event 1: release or discard that first', ['discard', 'station', '2', '--reason', 'x']],
    ['no event 9 is parked by station', ['discard', 'station', '9', '--reason', 'x']],
    ['--reason says nothing', ['discard', 'station', '1', '--reason', ' ']],
    ["required option '--reason <text>' not specified", ['discard', 'station', '1']],
  ])('says %s, and changes nothing (%j)', async (says, args) => {
    const ran = await parked(...args);
    expect(ran).toMatchObject({ stdout: '', says: expect.stringContaining(says) as unknown });
    // What Commander refuses becomes 2 where the process ends.
    expect(ran.code).toBe(/^(too many|required)/.test(says) ? 1 : 2);
    expect(await leftAt('station')).toEqual(['1 parked', '2 waiting', '3 parked', '4 waiting']);
    expect(await json('discarded')).toEqual([]);
  });

  it.each(['summary', 'list', 'show', 'release', 'discard', 'discarded', 'quarantined'])(
    'explains %s with examples and exit codes',
    async (name) => {
      const { code, stdout } = await parked(name, '--help');
      expect(code).toBe(0);
      expect(stdout).toMatch(/--json[\s\S]+Examples:\n {2}\$ npx yizhan parked[\s\S]+Exit codes:\n {2}0 {2}done/);
    },
  );
});
