import { setTimeout as pause } from 'node:timers/promises';
import type { Bench } from './bench.js';
import { transportConformance, type TransportUnderTest } from './transport-conformance.js';
import type { Consumer } from '../src/consumer.js';
import { EmbeddedTransport } from '../src/embedded-transport.js';

const drained = async (bench: Bench): Promise<TransportUnderTest> => {
  const transport = new EmbeddedTransport({
    reader: bench.reader,
    sequencer: bench.sequencer,
    onFault: (where, error) => {
      throw new Error(where, { cause: error });
    },
  });
  bench.onCommit = transport.wake;
  return { transport, settle: async () => void (await transport.drain()), close: async () => {} };
};

transportConformance('embedded, drained step by step', drained);
transportConformance('embedded, many events in one transaction', drained, 50);

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
    const isSequenced = await bench.isSequenced();
    const [row] = await bench.service.rows<{ parked: number; ahead: number }>(
      'SELECT (SELECT count(*) FROM station.parked_events) AS parked, (SELECT coalesce(max(position), 0) FROM event_log.entries) AS ahead',
    );
    // A release from outside is seen within a second.
    if (row && row.parked > 0) await pause(1_200);
    return (
      isSequenced &&
      subscribed.every(
        (consumer) => consumer.cursor >= (row?.ahead ?? 0) && (consumer.nextDueAt ?? Infinity) > bench.clock.now(),
      )
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
