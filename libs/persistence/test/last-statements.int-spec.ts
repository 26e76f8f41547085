import { openTestDatabase, type TestDatabase } from '@yizhan/testing';
import fc from 'fast-check';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Database } from '../src/database.js';

class CreateNotes1 implements MigrationInterface {
  readonly name = 'CreateNotes1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE station.notes (id integer PRIMARY KEY, note text, tags text[], facts json, at timestamptz)`,
    );
  }

  async down(): Promise<void> {}
}

const write = `INSERT INTO station.notes (id, note, tags, facts, at)
  VALUES ($1, $2, $3, $4, to_timestamp($5::double precision / 1000))`;

let fresh: TestDatabase;
let database: Database;

beforeAll(async () => {
  fresh = await openTestDatabase({ migrations: [{ schema: 'station', migrations: [CreateNotes1] }] });
  database = await fresh.open('station', { poolSize: 2 });
});
afterAll(() => fresh.close());
beforeEach(() => database.rows('DELETE FROM station.notes'));

test('what goes with the commit is kept as it was given, whatever text it holds', async () => {
  const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
  let id = 0;
  await fc.assert(
    fc.asyncProperty(text, fc.array(text), fc.dictionary(text, text), async (note, tags, facts) => {
      id += 1;
      await database.transaction(async (tx) => tx.last(write, [id, note, tags, JSON.stringify(facts), id]));
      const [row] = await database.rows('SELECT note, tags, facts, at FROM station.notes WHERE id = $1', [id]);
      expect(row).toEqual({ note, tags, facts: { ...facts }, at: id });
    }),
    { numRuns: 200 },
  );
});

test('one that fails takes everything with it, is told, and leaves the connection usable', async () => {
  const twice = database.transaction(async (tx) => {
    tx.last(write, [1, 'first', [], '{}', 0]);
    tx.last(write, [1, 'again', [], '{}', 0]);
  });
  await expect(twice).rejects.toMatchObject({ code: '23505', constraint: 'notes_pkey' });
  expect(await database.rows('SELECT id FROM station.notes')).toEqual([]);
  await database.transaction(async (tx) => tx.last(write, [1, 'alone', [], '{}', 0]));
  expect(await database.rows('SELECT note FROM station.notes')).toEqual([{ note: 'alone' }]);
});

test('a transaction whose statement failed unnoticed does not pretend to have committed', async () => {
  const ignored = database.transaction(async (tx) => {
    await tx.rows('SELECT 1 / 0').catch(() => undefined);
    tx.last(write, [2, 'lost', [], '{}', 0]);
  });
  await expect(ignored).rejects.toMatchObject({ code: '25P02' });
  const silent = database.transaction(async (tx) => {
    await tx.rows('SELECT 1 / 0').catch(() => undefined);
  });
  await expect(silent).rejects.toThrow('rolled back');
  expect(await database.rows('SELECT id FROM station.notes')).toEqual([]);
});

test('nothing is sent once the transaction is over, and transactions do not nest', async () => {
  let kept: { rows(sql: string): Promise<unknown> } | undefined;
  const actions: string[] = [];
  await database.transaction(async (tx) => {
    kept = tx;
    tx.onCommit(() => actions.push('committed'));
    await expect(database.transaction(async () => undefined)).rejects.toThrow('a transaction is open');
  });
  expect(actions).toEqual(['committed']);
  await expect(kept?.rows('SELECT 1')).rejects.toThrow('the transaction is over');
});
