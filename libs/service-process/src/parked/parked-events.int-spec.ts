import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { YizhanEvent } from '@yizhan/contracts';
import {
  Consumer,
  createConsumerTables,
  EmbeddedTransport,
  eventLogMigrations,
  extendConsumerTables,
  LogReader,
  newEvent,
  Outbox,
  Sequencer,
  RecentEntries,
} from '@yizhan/event-log';
import { buildOpenApi, httpAdapter, prepareHttp } from '@yizhan/http';
import { newSigningKey, publicKeyOf, roles, TokenSigner, TokenVerifier } from '@yizhan/identity';
import { ManualClock, SeededIds, toIso } from '@yizhan/kernel';
import type { Database, MigrationSet } from '@yizhan/persistence';
import { openTestDatabase, type TestDatabase } from '@yizhan/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ParkedEventsModule } from './parked-events.module.js';

const began = 1_700_000_000_000;
const seven = '01900000-0000-7000-8000-000000000007';

/** Two services, each with its own schema. */
const tablesOf = (schema: string): MigrationSet => {
  class CreateTables implements MigrationInterface {
    readonly name = 'CreateTables1764000000003';

    async up(runner: QueryRunner): Promise<void> {
      await createConsumerTables(runner, schema);
      await extendConsumerTables(runner, schema);
    }

    async down(): Promise<void> {}
  }
  return { schema, migrations: [CreateTables] };
};

let test: TestDatabase;
let station: Database;
let scheduler: Database;
let app: NestFastifyApplication;
let signer: TokenSigner;
let clock: ManualClock;
let transport: EmbeddedTransport;
let outbox: Outbox;
let broken: ReadonlySet<string>;
let handled: string[];
const faults: unknown[] = [];

beforeEach(async () => {
  test = await openTestDatabase({ migrations: [eventLogMigrations, tablesOf('station'), tablesOf('scheduler')] });
  // The consumer has a connection of its own, as in another process.
  const consuming = await test.open('station');
  [station, scheduler] = [await test.open('station'), await test.open('scheduler')];
  const log = await test.open('eventLog');
  clock = new ManualClock(began);
  const recent = new RecentEntries();
  transport = new EmbeddedTransport({
    reader: new LogReader(log, recent),
    sequencer: new Sequencer(log, recent),
    onFault: (_where, error) => faults.push(error),
  });
  outbox = new Outbox('/yizhan/station', clock, new SeededIds('parked'), transport.wake);
  broken = new Set();
  handled = [];
  await transport.subscribe(
    new Consumer({
      group: 'station',
      database: consuming,
      schema: 'station',
      clock,
      effect: 'transaction',
      handles: () => true,
      handle: async ({ subject, sequence }: YizhanEvent) => {
        if (broken.has(subject)) throw new Error(`no truck ${seven}`);
        handled.push(`${subject} ${sequence}`);
      },
    }),
  );
  transport.start();
  await openApp();
});
afterEach(async () => {
  await app.close();
  await transport.stop();
  await test.close();
  expect(faults.splice(0)).toEqual([]);
});

async function openApp(): Promise<void> {
  @Module({
    imports: [
      ParkedEventsModule.register({ group: 'station', database: station, schema: 'station', clock }),
      ParkedEventsModule.register({ group: 'command-centre', database: scheduler, schema: 'scheduler', clock }),
    ],
  })
  class TestModule {}
  const key = await newSigningKey();
  signer = await TokenSigner.of(key);
  app = await NestFactory.create<NestFastifyApplication>(TestModule, httpAdapter(), { logger: ['error'] });
  prepareHttp(app, { tokens: TokenVerifier.of([publicKeyOf(key)]), report: (error) => faults.push(error) });
  await app.init();
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly items: readonly Record<string, unknown>[] };
}

async function ask(path: string, body?: object, role: (typeof roles)[number] = 'administrator'): Promise<Answer> {
  const scope = { stations: ['JD'], areas: ['A'], driverId: 'R1', carrierId: 'C1', enterpriseId: 'E1' };
  const answer = await app.inject({
    method: body ? 'POST' : 'GET',
    url: `/api/v1/consumers/${path}`,
    headers: { authorization: `Bearer ${await signer.sign({ sub: `${role}:lin`, role, ...scope }, 600)}` },
    ...(body && { payload: body }),
  });
  return { status: answer.statusCode, body: answer.json() };
}

async function write(...subjects: string[]): Promise<void> {
  for (const subject of subjects) {
    const cause = { id: `${subject} ${String(Math.random())}`, causationId: 'test' };
    const event = newEvent({
      name: 'station.resumed',
      subject,
      areaCode: 'A',
      time: clock.now(),
      data: { stationCode: 'JD' },
    });
    await station.transaction(async (tx) => outbox.append(tx, cause, [event]));
  }
}

const parkedCount = async (): Promise<number> =>
  (await station.rows<{ parked: number }>('SELECT count(*) AS parked FROM station.parked_events'))[0]?.parked ?? 0;

/** @returns after how many milliseconds it was so. */
async function until(isSo: () => Promise<boolean> | boolean): Promise<number> {
  const start = performance.now();
  while (!(await isSo())) {
    if (performance.now() - start > 5_000) throw new Error('it did not become so in 5 s');
    await new Promise((done) => setTimeout(done, 20));
  }
  return performance.now() - start;
}

/** visit/7 at 1 and 3, visit/8 at 2 and 4. */
async function twoHeldUp(): Promise<void> {
  broken = new Set(['visit/7', 'visit/8']);
  await write('visit/7', 'visit/8', 'visit/7', 'visit/8');
  await until(async () => (await parkedCount()) === 4);
}

/** A transport looks for what administrators have done once a second. */
const aSecond = 1_400;

it('lists, sums up and shows what is parked', async () => {
  await twoHeldUp();
  const first = await ask('station/parked-events?limit=3');
  expect(first.status).toBe(200);
  expect(first.body.items).toMatchObject([
    {
      position: 1,
      partitionKey: 'A',
      subject: 'visit/7',
      type: 'yizhan.station.resumed.v1',
      state: 'retrying',
      attempts: 1,
      error: `Error: no truck ${seven}`,
      nextAttemptAt: toIso(began + 1_000),
      parkedAt: toIso(began),
    },
    { position: 2 },
    { position: 3, state: 'waiting', error: null, nextAttemptAt: null },
  ]);
  const second = await ask(`station/parked-events?limit=3&after=${String(first.body.next)}`);
  expect(second.body).toMatchObject({ items: [{ position: 4 }], next: null });
  const filtered = await ask('station/parked-events?state=waiting&subject=visit/8&type=station.resumed&error=nothing');
  expect(filtered.body).toEqual({ items: [], next: null });
  expect((await ask('station/parked-events?error=NO%20TRUCK')).body.items).toHaveLength(2);

  expect((await ask('station/parked-events/summary')).body).toEqual({
    items: [
      {
        type: 'yizhan.station.resumed.v1',
        error: 'Error: no truck …',
        subjects: 2,
        forPerson: 0,
        events: 4,
        oldestPosition: 1,
        oldestParkedAt: toIso(began),
      },
    ],
    next: null,
  });
  expect((await ask('station/parked-events/3')).body).toMatchObject({
    position: 3,
    firstOfSubject: 1,
    behind: 0,
    event: { specversion: '1.0', subject: 'visit/7', position: '3' },
    history: [
      { position: 1, state: 'retrying', recordedAt: toIso(began) },
      { position: 3, state: 'waiting' },
    ],
  });
  for (const list of ['parked-events', 'parked-events/summary', 'discarded-events', 'quarantined']) {
    expect((await ask(`command-centre/${list}`)).body).toEqual({ items: [], next: null });
  }
});

it('sets one subject going by its first event, within a second, in order', async () => {
  await twoHeldUp();
  expect(await ask('station/parked-events/release', { position: 3 })).toMatchObject({
    status: 409,
    body: { code: 'PARKED_EVENT.NOT_FIRST', firstPosition: 1, subject: 'visit/7' },
  });
  broken = new Set(['visit/8']);
  expect(await ask('station/parked-events/release', { position: 1 })).toMatchObject({
    status: 200,
    body: { subjects: 1, events: 2 },
  });
  expect(await until(() => handled.length === 2)).toBeLessThan(aSecond);
  expect(handled).toEqual(['visit/7 1', 'visit/7 2']);
});

it('sets a subject, or all with an error, going', async () => {
  await twoHeldUp();
  const release = (body: object): Promise<Answer> => ask('station/parked-events/release', body);
  expect((await release({ all: true, error: 'another' })).body).toEqual({ subjects: 0, events: 0 });
  expect((await release({ all: true, type: 'station.closed' })).body).toEqual({ subjects: 0, events: 0 });
  broken = new Set(['visit/8']);
  expect((await release({ subject: 'visit/7' })).body).toEqual({ subjects: 1, events: 2 });
  await until(() => handled.length === 2);
  broken = new Set();
  expect((await release({ all: true, error: 'no truck …' })).body).toEqual({ subjects: 1, events: 2 });
  expect(await until(() => handled.length === 4)).toBeLessThan(aSecond);
  expect(await release({ subject: 'visit/7' })).toMatchObject({
    status: 404,
    body: { code: 'PARKED_EVENT.NOT_FOUND', detail: 'nothing of visit/7 is parked by station' },
  });
});

it('leaves an event out for a reason, and the later ones go on within a second', async () => {
  await twoHeldUp();
  broken = new Set(['visit/8']);
  clock.moveTo(began + 500);
  const reason = 'typed twice at the gate';
  const discarded = await ask('station/parked-events/1/discard', { reason });
  expect(discarded).toMatchObject({
    status: 200,
    body: {
      position: 1,
      subject: 'visit/7',
      reason,
      discardedBy: 'administrator:lin',
      discardedAt: toIso(began + 500),
      error: `Error: no truck ${seven}`,
      event: { subject: 'visit/7', sequence: '1' },
    },
  });
  expect(await until(() => handled.length === 1)).toBeLessThan(aSecond);
  expect(handled).toEqual(['visit/7 2']);
  expect(await ask('station/parked-events/1/discard', { reason })).toEqual(discarded);
  expect(await ask('station/parked-events/1/discard', { reason: 'another' })).toMatchObject({
    status: 409,
    body: { code: 'PARKED_EVENT.DISCARDED_ALREADY' },
  });
  expect((await ask('station/discarded-events')).body).toEqual({ items: [discarded.body], next: null });
  expect((await ask('station/parked-events/4/discard', { reason })).body).toMatchObject({ firstPosition: 2 });
});

it('shows what could not be read, cut to a length that can be shown', async () => {
  const raws = ['{"specversion":"1.0"', 'x'.repeat(20_000)];
  for (const [index, raw] of raws.entries()) {
    await station.rows(
      `INSERT INTO station.quarantined (consumer_group, place, raw, reason, quarantined_at) VALUES ('station', $1, $2, 'no JSON', $3)`,
      [`yizhan.events/0@${index}`, raw, began],
    );
  }
  const first = await ask('station/quarantined?limit=1');
  expect(first.body.items).toEqual([
    { place: 'yizhan.events/0@0', raw: raws[0], rawLength: 20, reason: 'no JSON', quarantinedAt: toIso(began) },
  ]);
  const { body } = await ask(`station/quarantined?limit=1&after=${String(first.body.next)}`);
  expect(body).toMatchObject({ items: [{ place: 'yizhan.events/0@1', rawLength: 20_000 }], next: null });
  expect(body.items[0]?.raw).toHaveLength(10_000);
});

it('refuses what is unclear, unknown, or asked by somebody else', async () => {
  const release = 'station/parked-events/release';
  for (const body of [
    {},
    { all: false },
    { position: 1, subject: 'visit/7' },
    { subject: 'visit/7', error: 'x' },
    { position: 0 },
    { everything: true },
  ]) {
    expect([body, await ask(release, body)]).toMatchObject([body, { status: 400, body: { code: 'REQUEST.INVALID' } }]);
  }
  for (const path of ['parked-events/0', 'parked-events/x', 'parked-events?state=lost', 'parked-events?other=1']) {
    expect((await ask(`station/${path}`)).status).toBe(400);
  }
  const elsewhere = Buffer.from('["x"]').toString('base64url');
  for (const list of ['parked-events', 'discarded-events', 'quarantined']) {
    expect(await ask(`station/${list}?after=${elsewhere}`)).toMatchObject({ body: { code: 'REQUEST.BAD_CURSOR' } });
  }
  expect(await ask('station/parked-events/1/discard', {})).toMatchObject({ status: 400 });
  expect(await ask('station/parked-events/1/discard', { reason: ' ' })).toMatchObject({ status: 400 });
  for (const asked of [ask('station/parked-events/9'), ask('station/parked-events/9/discard', { reason: 'none' })]) {
    expect(await asked).toMatchObject({ status: 404, body: { code: 'PARKED_EVENT.NOT_FOUND' } });
  }
  for (const group of ['scheduler', 'nobody', '*']) {
    expect(await ask(`${group}/parked-events`)).toMatchObject({ body: { code: 'REQUEST.NO_SUCH_ROUTE' } });
  }
  for (const role of roles.filter((each) => each !== 'administrator')) {
    for (const [path, body] of [
      ['parked-events', undefined],
      ['parked-events/1', undefined],
      ['quarantined', undefined],
      ['parked-events/release', { all: true }],
      ['parked-events/1/discard', { reason: 'because' }],
    ] as const) {
      expect([role, path, (await ask(`station/${path}`, body, role)).status]).toEqual([role, path, 403]);
    }
  }
});

it('is described in valid OpenAPI 3.1, for administrators, with a name for each route of each group', async () => {
  const document = buildOpenApi(app, { title: 'Test', version: '0' });
  const { errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
  expect(errors).toBeUndefined();
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Record<string, unknown>>).map(([method, operation]) => ({
      route: `${method} ${path.replace('/api/v1/consumers/', '')}`,
      id: operation.operationId,
      roles: operation['x-roles'],
      summary: operation.summary,
    })),
  );
  expect(operations.filter(({ route }) => route.includes(' station/')).map(({ route }) => route)).toEqual([
    'get station/parked-events',
    'get station/parked-events/summary',
    'get station/parked-events/{position}',
    'post station/parked-events/release',
    'post station/parked-events/{position}/discard',
    'get station/discarded-events',
    'get station/quarantined',
  ]);
  expect(new Set(operations.map(({ id }) => id)).size).toBe(14);
  expect(operations.map(({ id }) => id)).toContain('CommandCentreParkedEvents.listQuarantined');
  for (const each of operations) {
    expect(each).toMatchObject({ roles: ['administrator'], summary: expect.stringMatching(/\w/) as unknown });
  }
});
