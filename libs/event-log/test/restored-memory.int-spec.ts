import type { YizhanEvent } from '@yizhan/contracts';
import { Consumer } from '../src/consumer.js';
import type { ConsumerSettings, KeyShare } from '../src/consumer-settings.js';
import { EmbeddedTransport } from '../src/embedded-transport.js';
import { LogReader } from '../src/log-reader.js';
import { altered, type Bench, openBench } from './bench.js';

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

/** What a process has in memory: by key, the positions of the events that it has folded, in their order. */
class Memory {
  readonly held = new Map<string, number[]>();
  /** What is kept: the beginning of what was held once. */
  kept: ReadonlyMap<string, readonly number[]> = new Map();
  /** Events that came to a handler. */
  readonly taken: number[] = [];
  readonly leftOut: string[] = [];
  beforeEach: (event: YizhanEvent) => Promise<void> = async () => {};

  consumer(settings: Partial<ConsumerSettings> = {}): Consumer {
    return new Consumer({
      group: 'tester',
      database: bench.service,
      schema: 'station',
      clock: bench.clock,
      effect: 'memory',
      handles: () => true,
      handle: async (event) => {
        await this.beforeEach(event);
        this.taken.push(Number(event.position));
        this.held.set(event.partitionkey, [...(this.held.get(event.partitionkey) ?? []), Number(event.position)]);
      },
      restoreMemory: async (keys) => {
        const wanted = [...this.kept].filter(
          ([key, positions]) => positions.length > 0 && (keys?.includes(key) ?? true),
        );
        for (const [key, positions] of wanted) this.held.set(key, [...positions]);
        return new Map(wanted.map(([key, positions]) => [key, positions.at(-1) ?? 0]));
      },
      onKeysLost: (keys) => {
        for (const key of keys) this.held.delete(key);
      },
      onLeftOut: (key) => this.leftOut.push(key),
      ...settings,
    });
  }
}

/** The positions of every key, as the log has them. */
async function logged(): Promise<Map<string, number[]>> {
  await bench.sequenceAll();
  const all = new Map<string, number[]>();
  for (const entry of await bench.reader.after(0, 100_000)) {
    if ('event' in entry)
      all.set(entry.event.partitionkey, [...(all.get(entry.event.partitionkey) ?? []), entry.position]);
  }
  return all;
}

/** `events` events, of these keys in turn. */
async function write(cause: string, keys: readonly string[], events: number): Promise<void> {
  for (let index = 0; index < events; index += 1) {
    const key = keys[index % keys.length] ?? '';
    await bench.write(`${cause}-${index}`, [`visit/${key}${index % 7}`], key);
  }
}

const embedded = (reader: LogReader = bench.reader): EmbeddedTransport => {
  const transport = new EmbeddedTransport({ reader, sequencer: bench.sequencer, onFault: () => undefined });
  bench.onCommit = transport.wake;
  return transport;
};

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

/** What is kept of these keys, each up to its so manyth event. */
const keptOf = (all: ReadonlyMap<string, readonly number[]>, counts: Readonly<Record<string, number>>) =>
  new Map(Object.entries(counts).map(([key, count]) => [key, (all.get(key) ?? []).slice(0, count)]));

describe('memory that is restored, where the whole log is read', () => {
  it('takes each event behind its part once, and those of keys without one from the first', async () => {
    await write('before', ['A', 'B', 'A', 'C', 'A'], 1_500);
    const all = await logged();
    const memory = new Memory();
    memory.kept = keptOf(all, { A: 850, B: 1 });
    const transport = embedded();
    const consumer = memory.consumer();
    await transport.subscribe(consumer);
    await transport.drain();
    expect(memory.held).toEqual(all);
    expect(memory.taken).toHaveLength(1_500 - 850 - 1);
    expect(consumer.cursor).toBe(1_500);
    await write('after', ['D', 'A'], 10);
    await transport.drain();
    expect(memory.held).toEqual(await logged());
    expect(memory.taken).toHaveLength(1_500 - 850 - 1 + 10);
  });

  it('neither loses nor doubles what is written meanwhile, of the same keys and of new ones', async () => {
    await write('before', ['A', 'B', 'C'], 60);
    const memory = new Memory();
    memory.kept = keptOf(await logged(), { A: 3, C: 20 });
    let written = 0;
    memory.beforeEach = async () => {
      if (written >= 40) return;
      written += 1;
      await write(`meanwhile-${written}`, [['A', 'B', 'C', 'D', 'E'][written % 5] ?? ''], 1);
      await bench.sequenceAll();
    };
    const transport = embedded();
    await transport.subscribe(memory.consumer());
    await transport.drain();
    expect(memory.held).toEqual(await logged());
    expect(memory.taken).toHaveLength(60 - 23 + 40);
    expect(new Set(memory.taken).size).toBe(memory.taken.length);
  });

  it('goes on where a database that was away has cut it off, and is seen to move', async () => {
    await write('before', ['A', 'B', 'C'], 90);
    const memory = new Memory();
    memory.kept = keptOf(await logged(), { A: 5 });
    let reads = 0;
    const rows: Bench['service']['rows'] = (sql, values) => {
      if (sql.includes('LIMIT $3') && (reads += 1) === 3) return Promise.reject(new Error('the database is away'));
      return bench.service.rows(sql, values);
    };
    const transport = embedded(new LogReader(altered(bench.service, { rows }), bench.recent));
    const consumer = memory.consumer();
    await transport.subscribe(consumer);
    const places: number[] = [];
    memory.beforeEach = async () => void places.push(consumer.place);
    await expect(transport.drain()).rejects.toThrow('away');
    expect(consumer.cursor).toBe(0);
    expect(consumer.place).toBe(55);
    await transport.drain();
    expect(memory.held).toEqual(await logged());
    expect(memory.taken).toHaveLength(85);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect([consumer.cursor, consumer.place]).toEqual([90, 90]);
  });

  it('reads the log as it lies where nothing was kept', async () => {
    await write('before', ['A', 'B'], 20);
    const memory = new Memory();
    await logged();
    const transport = embedded();
    await transport.subscribe(memory.consumer());
    await transport.drain();
    expect(memory.taken).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('says of which key something was left out', async () => {
    await write('before', ['A', 'B'], 6);
    const memory = new Memory();
    memory.kept = keptOf(await logged(), { A: 1 });
    memory.beforeEach = async ({ subject }) => {
      if (subject === 'visit/B1') throw new Error('cannot handle');
    };
    const transport = embedded();
    await transport.subscribe(memory.consumer());
    await transport.drain();
    expect(memory.leftOut).toEqual(['B']);
  });
});

describe('memory that is restored, where keys are shared', () => {
  const share = (gained: readonly string[], kept: readonly string[] = []): KeyShare => ({
    gained,
    kept,
    isOwn: (key) => [...gained, ...kept].includes(key),
  });

  it('begins with what is kept of the keys that it gains, each time', async () => {
    await write('before', ['A', 'B', 'C'], 90);
    const all = await logged();
    const memory = new Memory();
    memory.kept = keptOf(all, { A: 25, C: 4 });
    const consumer = memory.consumer();
    await consumer.adopt(share(['A', 'B']), bench.reader);
    expect(memory.held).toEqual(new Map([...all].filter(([key]) => key !== 'C')));
    expect(memory.taken).toHaveLength(5 + 30);
    expect([consumer.seen('A'), consumer.seen('C')]).toEqual([all.get('A')?.at(-1), 0]);
    consumer.lose(['A']);
    await write('after', ['A', 'B'], 8);
    const later = await logged();
    // Another process has kept more of it meanwhile.
    memory.kept = keptOf(later, { A: 33, B: 31 });
    memory.taken.length = 0;
    await consumer.adopt(share(['A'], ['B']), bench.reader);
    expect(memory.held).toEqual(new Map([...later].filter(([key]) => key !== 'C')));
    // B was never lost: what is kept of it is not asked for.
    expect(memory.taken).toHaveLength(1 + 4);
    const [redelivered] = (await bench.reader.ofKeyAfter('A', 0, 1)).flatMap((entry) =>
      'event' in entry ? [entry.event] : [],
    );
    if (!redelivered) throw new Error('A has no event');
    expect(await consumer.takeOfKey(redelivered, bench.reader)).toBe(0);
  });

  it('begins anew where it was cut off, so that nothing that was parked before is lost', async () => {
    await write('before', ['A', 'B'], 1_400);
    const all = await logged();
    const memory = new Memory();
    memory.kept = keptOf(all, { A: 300 });
    let reads = 0;
    const rows: Bench['service']['rows'] = (sql, values) => {
      if (sql.includes('LIMIT $3') && (reads += 1) === 3) return Promise.reject(new Error('the database is away'));
      return bench.service.rows(sql, values);
    };
    memory.beforeEach = async ({ subject, position }) => {
      if (/[AB]3$/.test(subject) && Number(position) > 700) throw new Error('cannot handle');
    };
    const consumer = memory.consumer();
    const reader = new LogReader(altered(bench.service, { rows }));
    await expect(consumer.adopt(share(['A', 'B']), reader)).rejects.toThrow('away');
    expect(memory.held.get('B')?.length).toBeGreaterThan(400);
    await consumer.adopt(share(['A', 'B']), reader);
    const [parked] = await bench.service.rows<{ count: number }>('SELECT count(*) AS count FROM station.parked_events');
    expect(sum([...memory.held.values()].map(({ length }) => length)) + (parked?.count ?? 0)).toBe(1_400);
    expect(consumer.hasParked).toBe(true);
  });

  it('begins anew with what is kept where somebody else has had a key with something parked', async () => {
    await write('before', ['A', 'B'], 20);
    const all = await logged();
    const memory = new Memory();
    memory.kept = keptOf(all, { A: 3, B: 3 });
    let isBroken = true;
    memory.beforeEach = async ({ partitionkey }) => {
      if (isBroken && partitionkey === 'A') throw new Error('cannot handle');
    };
    const consumer = memory.consumer();
    await consumer.adopt(share(['A', 'B']), bench.reader);
    expect([sum([...memory.held.values()].map(({ length }) => length)), memory.leftOut.length]).toEqual([13, 7]);
    isBroken = false;
    await bench.service.rows(`DELETE FROM station.parked_events WHERE partition_key = 'A'`);
    await consumer.adopt(share([], ['A', 'B']), bench.reader);
    expect(memory.held).toEqual(all);
    expect(memory.taken).toHaveLength(7 + 7);
  });
});
