import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Transaction } from '@yizhan/persistence';
import { Client } from 'pg';
import { RecentEntries } from '../src/log-entry.js';
import { type SequencedEntry, Sequencer } from '../src/sequencer.js';
import { altered, type Bench, openBench } from './bench.js';

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
function held(
  work: (tx: Transaction, reach: (place: string) => Promise<void>) => Promise<void>,
  database = bench.service,
): {
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
  const ended = database.transaction((tx) =>
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
  await untilNoGap();
  expect(await subjects()).toEqual(['visit/other']);
});

/** A gap is given up once every older transaction has ended, also those of other databases of the same server. */
async function untilNoGap(): Promise<void> {
  for (await passes(3); (await gaps()).length > 0; await passes(1)) await pause(20);
}

test('the next million begins while somebody reads the log and two sequencers make room for it', async () => {
  await bench.write('a', ['visit/1']);
  await passes(1);
  const reading = held(async (tx, reach) => {
    await tx.rows('SELECT count(*) FROM event_log.entries');
    await reach('end');
  });
  await reading.reached('end');
  const makeRoom = (): Promise<unknown> =>
    bench.log.transaction(async (tx) => {
      await tx.rows(`SET LOCAL lock_timeout TO '5s'`);
      await tx.rows('SELECT event_log.ensure_partitions(3000000)');
    });
  await Promise.all([makeRoom(), makeRoom()]);
  reading.goOn('end');
  await reading.ended;
  const partitions = await bench.log.rows<{ name: string; indexes: number }>(
    `SELECT c.relname AS name, (SELECT count(*) FROM pg_index WHERE indrelid = c.oid) AS indexes
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'event_log.entries'::regclass ORDER BY c.oid`,
  );
  expect(partitions.map(({ name }) => name)).toEqual(['entries_0', 'entries_1', 'entries_3', 'entries_4']);
  expect(new Set(partitions.map(({ indexes }) => indexes))).toEqual(new Set([4]));
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

describe('entries that are told before they are committed', () => {
  /** Every pass breaks off after it has told, as when the machine loses the commit. */
  class LostCommit extends Error {}

  const documentsOf = (entries: readonly SequencedEntry[]): string[] => entries.map(({ document }) => document);
  const writtenDocuments = async (): Promise<string[]> =>
    (await bench.reader.documentsAfter(0, 1_000)).map(({ document }) => document);

  /** What one pass tells, whose commit is then lost. */
  const toldByALostPass = async (): Promise<string[]> => {
    const told: string[] = [];
    const pass = bench.sequencer.sequence((entries) => {
      told.push(...documentsOf(entries));
      throw new LostCommit();
    });
    await pass.catch((error: unknown) => {
      if (!(error instanceof LostCommit)) throw error;
    });
    return told;
  };

  test('are the same entries after a commit that is lost, whatever was written meanwhile', async () => {
    const random = (below: number): number => Math.floor(Math.random() * below);
    await bench.write('first', ['visit/first']);
    // Somebody else may have written the place that it begins with, and be at the next one.
    expect(await toldByALostPass()).toEqual([]);
    const told = await writtenDocuments();
    for (let round = 0; round < 20; round += 1) {
      for (let count = random(4); count >= 0; count -= 1)
        await bench.write(`${round}-${count}`, [`visit/${random(5)}`], `area-${random(3)}`);
      const lost = await toldByALostPass();
      expect(lost.length).toBeGreaterThan(0);
      await Promise.all(
        Array.from({ length: random(4) }, (_, index) =>
          bench.write(`${round}+${index}`, [`visit/${random(5)}`], `area-${random(3)}`),
        ),
      );
      await bench.sequenceAll();
      expect((await writtenDocuments()).slice(told.length, told.length + lost.length)).toEqual(lost);
      told.splice(0, told.length, ...(await writtenDocuments()));
    }
  });

  test('are none where an earlier id is still open: its row could come first the next time', async () => {
    await bench.write('first', ['visit/first']);
    await passes(1);
    const late = held(async (tx, reach) => {
      await appendNow(tx, 'visit/late');
      await reach('commit');
    });
    await late.reached('commit');
    await bench.write('other', ['visit/other']);
    expect(await toldByALostPass()).toEqual([]);
    await bench.write('another', ['visit/another']);
    expect(await toldByALostPass()).toEqual([]);
    late.goOn('commit');
    await late.ended;
    await passes(3);
    expect((await subjects()).toSorted()).toEqual(['visit/another', 'visit/first', 'visit/late', 'visit/other']);
  });

  test('wait for the disk only where an earlier id is open', async () => {
    const listener = new Client(bench.logConnection);
    await listener.connect();
    await listener.query('LISTEN commits');
    // The last statement before the commit tells how it will be.
    const telling = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
      bench.log.transaction(async (tx) => {
        // As in production; tests run without waiting for the disk.
        await tx.rows('SET LOCAL synchronous_commit TO on');
        const result = await work(tx);
        tx.last(`SELECT pg_notify('commits', current_setting('synchronous_commit'))`);
        return result;
      });
    const watched = altered(bench.log, {
      transaction: telling,
      rows: <T extends object>(sql: string, values?: readonly unknown[]): Promise<T[]> =>
        sql.includes('INSERT INTO') ? telling((tx) => tx.rows<T>(sql, values)) : bench.log.rows<T>(sql, values),
    });
    const sequencer = new Sequencer(watched, new RecentEntries());
    const isAsynchronous = async (): Promise<boolean> => {
      const told = once(listener, 'notification');
      expect((await sequencer.sequence()).length).toBe(1);
      const [{ payload }] = (await told) as [{ payload: string }];
      return payload === 'off';
    };
    // The first pass has the heads to read, and the second has not.
    for (const visit of ['visit/a', 'visit/b']) {
      await bench.write(visit, [visit]);
      expect(await isAsynchronous()).toBe(true);
    }
    const open = held(async (tx, reach) => {
      await appendNow(tx, 'visit/open');
      await reach('commit');
    });
    await open.reached('commit');
    await bench.write('c', ['visit/c']);
    expect(await isAsynchronous()).toBe(false);
    open.goOn('commit');
    await open.ended;
    expect(await isAsynchronous()).toBe(false);
    await listener.end();
  });
});
