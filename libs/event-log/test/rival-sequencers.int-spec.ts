import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { YizhanEvent } from '@yizhan/contracts';
import { Client } from 'pg';
import { canonicalJson } from '../src/canonical-json.js';
import { RecentEntries } from '../src/log-entry.js';
import { Sequencer } from '../src/sequencer.js';
import { altered, type Bench, openBench } from './bench.js';

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

class RolledBack extends Error {}

test.each([
  ['that commit at once', 0],
  ['some of which stay open and some of which are rolled back', 5],
])('two sequencers of transactions %s number densely, and chain every document of a key', async (_kind, longest) => {
  const other = new Sequencer(bench.log, new RecentEntries());
  let writing = true;
  const pump = async (sequencer: Sequencer): Promise<void> => {
    while (writing || (await sequencer.pass()) > 0) await sequencer.pass();
  };
  const pumps = [pump(bench.sequencer), pump(other)];
  const committed: string[] = [];
  await Promise.all(
    Array.from({ length: 4 }, async (_, writer) => {
      for (let index = 0; index < 50; index += 1) {
        const isLost = longest > 0 && index % 7 === writer;
        const subjects = [`visit/${writer}-${index}`, `truck/${writer}`];
        const work = bench.service.transaction(async (tx) => {
          await tx.rows('SELECT event_log.append($1)', [bench.lines(subjects)]);
          if (longest > 0) await pause(Math.random() * longest);
          if (isLost) throw new RolledBack();
        });
        await work.catch((error: unknown) => {
          if (!(error instanceof RolledBack)) throw error;
        });
        if (!isLost) committed.push(...subjects);
      }
    }),
  );
  writing = false;
  await Promise.all(pumps);
  while (!(await bench.isSequenced())) await bench.sequencer.pass();
  const entries = await bench.reader.documentsAfter(0, 1_000);
  expect(entries.map((entry) => entry.position)).toEqual(committed.map((_, index) => index + 1));
  let hash = '0'.repeat(64);
  const written: string[] = [];
  for (const { document, position } of entries) {
    const event = JSON.parse(document) as YizhanEvent;
    expect(canonicalJson(event)).toBe(document);
    expect(event).toMatchObject({ prevhash: hash, previous: String(position - 1), position: String(position) });
    expect(event.sequence).toMatch(/^[1-9]\d*$/);
    hash = createHash('sha256').update(document).digest('hex');
    written.push(event.subject);
  }
  expect(written.toSorted()).toEqual(committed.toSorted());
});

/** Another sequencer that makes a pass between the reading and the writing of this one, where it is told to. */
function overtaking(): { sequencer: Sequencer; overtake: (before?: () => Promise<void>) => void; taken: () => number } {
  const other = new Sequencer(bench.log, new RecentEntries());
  let before: (() => Promise<void>) | undefined;
  let taken = 0;
  const slow = altered(bench.log, {
    rows: async <T extends object>(sql: string, values?: readonly unknown[]): Promise<T[]> => {
      const first = before;
      if (first && sql.includes('INSERT INTO')) {
        before = undefined;
        await first();
        taken += await other.pass();
      }
      return bench.log.rows<T>(sql, values);
    },
  });
  return {
    sequencer: new Sequencer(slow, new RecentEntries()),
    overtake: (first = async () => undefined) => (before = first),
    taken: () => taken,
  };
}

const documents = async (): Promise<YizhanEvent[]> =>
  (await bench.reader.documentsAfter(0, 100)).map(({ document }) => JSON.parse(document) as YizhanEvent);

test('a pass writes nothing where another sequencer came between its reading and its writing', async () => {
  const { sequencer, overtake, taken } = overtaking();
  await bench.write('first', ['visit/1']);
  await sequencer.pass();
  await bench.write('second', ['visit/2']);
  overtake();
  expect(await sequencer.pass()).toBe(0);
  expect(taken()).toBe(1);
  await bench.write('third', ['visit/3']);
  overtake(() => bench.write('fourth', ['visit/4']));
  expect(await sequencer.pass()).toBe(0);
  expect(taken()).toBe(3);
  await bench.write('fifth', ['visit/5']);
  expect(await sequencer.pass()).toBe(1);
  expect((await documents()).map(({ subject, position, previous }) => [subject, position, previous])).toEqual(
    Array.from({ length: 5 }, (_, index) => [`visit/${index + 1}`, String(index + 1), String(index)]),
  );
});

test('a pass that passed an id over writes nothing where another sequencer has seen its row meanwhile', async () => {
  const { sequencer, overtake, taken } = overtaking();
  const gate = new EventEmitter();
  const open = bench.service.transaction(async (tx) => {
    await tx.rows('SELECT event_log.append($1)', [bench.lines(['visit/open'])]);
    gate.emit('appended');
    await once(gate, 'commit');
  });
  await once(gate, 'appended');
  await bench.write('other', ['visit/other']);
  overtake(async () => {
    gate.emit('commit');
    await open;
  });
  // It has read the second id without the first: the other one writes both, and a gap would be one for ever.
  expect(await sequencer.pass()).toBe(0);
  expect(taken()).toBe(2);
  const [place] = await bench.log.rows('SELECT position, outbox_id, gaps FROM event_log.sequencer');
  expect(place).toEqual({ position: 2, outbox_id: 2, gaps: [] });
  expect((await documents()).map(({ subject }) => subject)).toEqual(['visit/open', 'visit/other']);
});

/** What a crash of the server takes: the newest pass, which was acknowledged and had not reached the disk. */
async function loseNewestPass(): Promise<void> {
  const admin = new Client(bench.admin);
  await admin.connect();
  await admin.query(`WITH lost AS (DELETE FROM event_log.passes WHERE number = (SELECT number FROM event_log.sequencer))
    DELETE FROM event_log.entries WHERE position > (SELECT position FROM event_log.passes ORDER BY number DESC OFFSET 1 LIMIT 1)`);
  await admin.end();
}

/** A sequencer whose server crashes before a statement of a kind, once it is told to, and comes back at once. */
function crashing(before: string): { sequencer: Sequencer; crash: () => void } {
  let isDue = false;
  const database = altered(bench.log, {
    rows: async <T extends object>(sql: string, values?: readonly unknown[]): Promise<T[]> => {
      if (isDue && sql.includes(before)) {
        isDue = false;
        await loseNewestPass();
      }
      return bench.log.rows<T>(sql, values);
    },
  });
  return { sequencer: new Sequencer(database, new RecentEntries()), crash: () => (isDue = true) };
}

test('nothing is written after a pass that the server has lost in a crash: it is made again', async () => {
  const { sequencer, crash } = crashing('INSERT INTO');
  await bench.write('first', ['visit/1']);
  await sequencer.pass();
  await bench.write('second', ['visit/2']);
  await sequencer.pass();
  await bench.write('third', ['visit/3']);
  crash();
  expect(await sequencer.pass()).toBe(2);
  expect((await documents()).map(({ subject, position, previous }) => [subject, position, previous])).toEqual(
    Array.from({ length: 3 }, (_, index) => [`visit/${index + 1}`, String(index + 1), String(index)]),
  );
});

/** Writes and sequences 2,500 events in five passes. */
async function sequenceMany(sequencer: Sequencer): Promise<void> {
  for (let round = 0; round < 5; round += 1) {
    await bench.write(
      `round ${round}`,
      Array.from({ length: 500 }, (_, index) => `visit/${round}-${index}`),
    );
    expect(await sequencer.pass()).toBe(500);
  }
}

const left = async (): Promise<object[]> =>
  bench.log
    .rows(`SELECT (SELECT count(*) FROM event_log.passes) AS passes, (SELECT count(*) FROM event_log.outbox) AS rows,
    (SELECT position FROM event_log.sequencer) AS position`);

test('what is not read any more is deleted, and the newest pass stays', async () => {
  await sequenceMany(bench.sequencer);
  // Four passes of 500 are forgotten before the fifth.
  expect(await left()).toEqual([{ passes: 2, rows: 500, position: 2_500 }]);
});

test('nothing is deleted for a pass that the server has lost in a crash', async () => {
  const { sequencer, crash } = crashing('DELETE FROM');
  await sequenceMany(sequencer);
  for (let round = 0; round < 3; round += 1) {
    await bench.write(
      `more ${round}`,
      Array.from({ length: 500 }, (_, index) => `visit/more-${round}-${index}`),
    );
    await sequencer.pass();
  }
  crash();
  // What is lost is 3,501 to 4,000.
  expect(await sequencer.pass()).toBe(500);
  expect(await left()).toEqual([{ passes: 5, rows: 2_000, position: 4_000 }]);
});
