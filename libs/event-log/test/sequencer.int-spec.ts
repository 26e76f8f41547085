import { createHash } from 'node:crypto';
import type { Transaction } from '@yizhan/persistence';
import { canonicalJson } from '../src/canonical-json.js';
import { RecentEntries } from '../src/log-entry.js';
import { Sequencer } from '../src/sequencer.js';
import { type Bench, openBench } from './bench.js';

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const subjects = async (): Promise<string[]> => {
  const entries = await bench.reader.documentsAfter(0, 1_000);
  return entries.map(({ document }) => (JSON.parse(document) as { subject: string }).subject);
};

const gaps = async (): Promise<{ id: number }[]> => {
  const [row] = await bench.log.rows<{ gaps: { id: number }[] }>('SELECT gaps FROM event_log.sequencer');
  return row?.gaps ?? [];
};

/** A transaction that stands still where it is told to, so that a test can say who comes first. */
function held(work: (tx: Transaction, reach: (place: string) => Promise<void>) => Promise<void>): {
  reached(place: string): Promise<void>;
  goOn(place: string): void;
  ended: Promise<void>;
} {
  const gates = new Map<
    string,
    { reached: () => void; isReached: Promise<void>; goOn: () => void; isOpen: Promise<void> }
  >();
  const gate = (place: string) => {
    let found = gates.get(place);
    if (!found) {
      let reached: () => void = () => undefined;
      let goOn: () => void = () => undefined;
      const isReached = new Promise<void>((resolve) => (reached = resolve));
      const isOpen = new Promise<void>((resolve) => (goOn = resolve));
      found = { reached, isReached, goOn, isOpen };
      gates.set(place, found);
    }
    return found;
  };
  const ended = bench.service.transaction((tx) =>
    work(tx, async (place) => {
      gate(place).reached();
      await gate(place).isOpen;
    }),
  );
  return { reached: (place) => gate(place).isReached, goOn: (place) => gate(place).goOn(), ended };
}

const appendNow = (tx: Transaction, subject: string): Promise<unknown> =>
  tx.rows('SELECT event_log.append($1)', [bench.lines([subject])]);
const takeTransactionId = (tx: Transaction): Promise<unknown> => tx.rows('SELECT pg_current_xact_id()');

const passes = async (count: number): Promise<void> => {
  for (let pass = 0; pass < count; pass += 1) await bench.sequencer.pass();
};

test.each([
  ['older', true],
  ['younger', false],
])('an event whose transaction is the %s one and commits late gets a later position', async (_, lateIsOlder) => {
  const late = held(async (tx, reach) => {
    await reach('begin');
    await takeTransactionId(tx);
    await reach('append');
    await appendNow(tx, 'visit/late');
    await reach('commit');
  });
  const other = held(async (tx, reach) => {
    await takeTransactionId(tx);
    await reach('append');
    await appendNow(tx, 'visit/other');
  });
  if (lateIsOlder) late.goOn('begin');
  await (lateIsOlder ? late.reached('append') : other.reached('append'));
  late.goOn('begin');
  await late.reached('append');
  // The late one takes the lower id of the outbox in both cases.
  late.goOn('append');
  await late.reached('commit');
  other.goOn('append');
  await other.ended;
  await passes(5);
  expect(await subjects()).toEqual(['visit/other']);
  expect((await gaps()).length).toBe(1);
  late.goOn('commit');
  await late.ended;
  await passes(2);
  expect(await subjects()).toEqual(['visit/other', 'visit/late']);
  expect(await gaps()).toEqual([]);
});

test('the id of a transaction that was rolled back is given up, and nothing waits for it', async () => {
  const lost = held(async (tx, reach) => {
    await appendNow(tx, 'visit/lost');
    await reach('end');
    throw new Error('rolled back on purpose');
  });
  const failed = lost.ended.catch((error: unknown) => error);
  await lost.reached('end');
  await bench.write('other', ['visit/other']);
  await passes(2);
  lost.goOn('end');
  expect(await failed).toEqual(new Error('rolled back on purpose'));
  await passes(3);
  expect(await subjects()).toEqual(['visit/other']);
  expect(await gaps()).toEqual([]);
});

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

test('nobody may change or remove an entry, not even the sequencer', async () => {
  await bench.write('a', ['visit/1']);
  await passes(1);
  const allowed = await bench.log.rows<{ name: string }>(
    `SELECT c.relname || ' ' || r.rolname || ' ' || p.privilege AS name
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
          pg_roles r, (VALUES ('UPDATE'), ('DELETE'), ('TRUNCATE')) AS p(privilege)
     WHERE n.nspname = 'event_log' AND c.relname LIKE 'entries%' AND c.relkind IN ('r', 'p')
       AND r.rolname LIKE 'yizhan_%' AND r.rolname <> 'yizhan_owner' AND has_table_privilege(r.rolname, c.oid, p.privilege)`,
  );
  expect(allowed).toEqual([]);
  await expect(bench.log.rows('DELETE FROM event_log.entries_0')).rejects.toMatchObject({ code: '42501' });
});
