import { setTimeout as pause } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { canonicalJson } from '../src/canonical-json.js';
import { openBench } from './bench.js';
import { transportConformance } from './transport-conformance.js';
import type { Consumer } from '../src/consumer.js';
import { EmbeddedTransport } from '../src/embedded-transport.js';
import { RecentEntries } from '../src/log-entry.js';
import { Sequencer } from '../src/sequencer.js';

transportConformance('embedded, drained step by step', async (bench) => {
  const transport = new EmbeddedTransport({
    reader: bench.reader,
    sequencer: bench.sequencer,
    onFault: (where, error) => {
      throw new Error(where, { cause: error });
    },
  });
  bench.onCommit = transport.wake;
  return { transport, settle: async () => void (await transport.drain()), close: async () => {} };
});

transportConformance('embedded, running', async (bench) => {
  const transport = new EmbeddedTransport({
    reader: bench.reader,
    sequencer: bench.sequencer,
    onFault: () => undefined,
  });
  bench.onCommit = transport.wake;
  transport.start();
  const subscribed: Consumer[] = [];
  const isQuiet = async (): Promise<boolean> => {
    const [row] = await bench.service.rows<{ parked: number; ahead: number }>(
      'SELECT (SELECT count(*) FROM station.parked_events) AS parked, (SELECT coalesce(max(position), 0) FROM event_log.entries) AS ahead',
    );
    // A release from outside is seen within a second.
    if (row && row.parked > 0) await pause(1_200);
    return subscribed.every(
      (consumer) => consumer.cursor >= (row?.ahead ?? 0) && (consumer.nextDueAt ?? Infinity) > bench.clock.now(),
    );
  };
  const quiet = async (): Promise<void> => {
    do await pause(700);
    while (!(await isQuiet()));
  };
  const recording = {
    subscribe: async (consumer: Consumer) => {
      subscribed.push(consumer);
      await transport.subscribe(consumer);
    },
    unsubscribe: async (consumer: Consumer) => {
      subscribed.splice(subscribed.indexOf(consumer), 1);
      await transport.unsubscribe(consumer);
    },
  };
  return { transport: recording, settle: quiet, close: () => transport.stop() };
});

describe('the sequencer', () => {
  it('numbers densely where two of them take turns, and chains every document of a key', async () => {
    const bench = await openBench();
    try {
      const other = new Sequencer(bench.log, new RecentEntries());
      let writing = true;
      const pump = async (sequencer: { pass(): Promise<number> }): Promise<void> => {
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
        const event = JSON.parse(document) as { prevhash: string; previous: string; sequence: string };
        expect(canonicalJson(event)).toBe(document);
        expect(event).toMatchObject({ prevhash: hash, previous: String(position - 1), position: String(position) });
        expect(event.sequence).toMatch(/^[1-9]\d*$/);
        hash = createHash('sha256').update(document).digest('hex');
      }
    } finally {
      await bench.close();
    }
  });
});
