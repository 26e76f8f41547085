import { createHash } from 'node:crypto';
import type { YizhanEvent } from '@yizhan/contracts';
import { canonicalJson } from '../src/canonical-json.js';
import { RecentEntries } from '../src/log-entry.js';
import { Sequencer } from '../src/sequencer.js';
import { altered, type Bench, openBench } from './bench.js';

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

test('two sequencers take turns, number densely, and chain every document of a key', async () => {
  const other = new Sequencer(bench.log, new RecentEntries());
  let writing = true;
  const pump = async (sequencer: Sequencer): Promise<void> => {
    while (writing || (await sequencer.pass()) > 0) await sequencer.pass();
  };
  const pumps = [pump(bench.sequencer), pump(other)];
  await Promise.all(
    Array.from({ length: 4 }, async (_, writer) => {
      for (let index = 0; index < 50; index += 1)
        await bench.write(`${writer}-${index}`, [`visit/${writer}`, 'truck/x']);
    }),
  );
  writing = false;
  await Promise.all(pumps);
  const entries = await bench.reader.documentsAfter(0, 1_000);
  expect(entries.map((entry) => entry.position)).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
  let hash = '0'.repeat(64);
  for (const { document, position } of entries) {
    const event = JSON.parse(document) as { sequence: string };
    expect(canonicalJson(event)).toBe(document);
    expect(event).toMatchObject({ prevhash: hash, previous: String(position - 1), position: String(position) });
    expect(event.sequence).toMatch(/^[1-9]\d*$/);
    hash = createHash('sha256').update(document).digest('hex');
  }
});

test('a pass writes nothing where another sequencer came between its reading and its writing', async () => {
  const other = new Sequencer(bench.log, new RecentEntries());
  let overtaken = 0;
  const slow = altered(bench.log, {
    rows: async <T extends object>(sql: string, values?: readonly unknown[]): Promise<T[]> => {
      if (sql.includes('INSERT INTO')) overtaken += await other.pass();
      return bench.log.rows<T>(sql, values);
    },
  });
  const sequencer = new Sequencer(slow, new RecentEntries());
  await bench.write('first', ['visit/1']);
  await sequencer.pass();
  await bench.write('second', ['visit/2']);
  expect(await sequencer.pass()).toBe(0);
  expect(overtaken).toBe(1);
  await bench.write('third', ['visit/3']);
  await sequencer.pass();
  await bench.write('fourth', ['visit/4']);
  await sequencer.pass();
  expect(overtaken).toBe(2);
  const documents = (await bench.reader.documentsAfter(0, 10)).map(
    ({ document }) => JSON.parse(document) as YizhanEvent,
  );
  expect(documents.map(({ subject, position, previous }) => [subject, position, previous])).toEqual([
    ['visit/1', '1', '0'],
    ['visit/2', '2', '1'],
    ['visit/3', '3', '2'],
    ['visit/4', '4', '3'],
  ]);
});
