import type { Database } from '@yizhan/persistence';
import { busyEntries, QuietLog, spread } from '../../../test/support/quiet-log.js';
import { LogReader } from '../src/log-reader.js';
import { readHeads } from '../src/log-heads.js';

let log: QuietLog;
let database: Database;
const everything = Number.MAX_SAFE_INTEGER;

beforeAll(async () => {
  log = await QuietLog.open();
  database = await log.test.open('eventLog');
}, 120_000);
afterAll(() => log.test.close());

/** What a question asks the database. */
async function statementOf(ask: (reader: LogReader) => Promise<unknown>): Promise<[string, readonly unknown[]]> {
  let asked: [string, readonly unknown[]] | undefined;
  const listening = {
    rows: <T extends object>(sql: string, values: readonly unknown[] = []) => {
      asked = [sql, values];
      return database.rows<T>(sql, [...values]);
    },
  };
  await ask(new LogReader(listening));
  if (!asked) throw new Error('nothing was asked');
  return asked;
}

describe.each([
  ['before PostgreSQL has counted the log', false],
  ['when it has', true],
])('%s', (_when, isCounted) => {
  beforeAll(() => (isCounted ? log.analyze() : undefined));

  it('the heads are found, that of a quiet area too, without the entries of others', async () => {
    const heads = await database.rows<{ key: string; position: number }>(readHeads, [everything]);
    expect(heads.map(({ key, position }) => [key, position])).toEqual([
      ['busy', busyEntries * spread],
      ['quiet', 2 * spread],
    ]);
    expect(await database.rows(readHeads, [2 * spread])).toEqual([expect.objectContaining({ key: 'quiet' })]);
    expect(await log.rowsLookedAt(database, readHeads, [everything])).toBeLessThan(100);
  });

  const positionsOf = async (reader: LogReader, after: number) =>
    (await reader.ofKeyAfter('quiet', after, 100)).map(({ position }) => position);

  it.each<[string, (reader: LogReader) => Promise<unknown>, unknown]>([
    ['its entries', (reader) => positionsOf(reader, spread), [2 * spread]],
    ['its newer entries', (reader) => positionsOf(reader, 2 * spread), []],
    ['whether it has a type', (reader) => reader.hasOfKey('quiet', ['yizhan.visit.queued.v1']), false],
    ['whether it has another', (reader) => reader.hasOfKey('quiet', ['yizhan.visit.arrived.v1']), true],
    ['whether there is an area', (reader) => reader.hasOfKey('nowhere', ['yizhan.visit.arrived.v1']), false],
  ])('so are %s', async (_what, ask, expected) => {
    expect(await ask(new LogReader(database))).toEqual(expected);
    const [statement, values] = await statementOf(ask);
    expect(await log.rowsLookedAt(database, statement, values)).toBeLessThan(100);
  });
});
