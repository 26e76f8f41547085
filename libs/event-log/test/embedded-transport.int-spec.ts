import { setTimeout as pause } from 'node:timers/promises';
import { type Bench, openBench } from './bench.js';
import { transportConformance, type TransportUnderTest } from './transport-conformance.js';
import { Consumer } from '../src/consumer.js';
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

it('lets events gather for as long as it says, and not until something else happens', async () => {
  const bench = await openBench();
  const { reader, sequencer } = bench;
  const transport = new EmbeddedTransport({ reader, sequencer, onFault: () => undefined });
  bench.onCommit = transport.wake;
  const handled: number[] = [];
  const consumer = new Consumer({
    group: 'tester',
    database: bench.service,
    schema: 'station',
    clock: bench.clock,
    effect: 'transaction',
    together: 50,
    handles: () => true,
    handle: async () => void handled.push(performance.now()),
  });
  await transport.subscribe(consumer);
  transport.start();
  const until = async (count: number): Promise<void> => {
    while (handled.length < count) await pause(5);
  };
  const waits: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    await bench.write(`first-${round}`, ['visit/1']);
    await until(2 * round + 1);
    const written = performance.now();
    await bench.write(`second-${round}`, ['visit/2']);
    await until(2 * round + 2);
    waits.push((handled.at(-1) ?? Infinity) - written);
    await pause(300);
  }
  // A fifth of a second; the poll of an idle log would be half of one.
  expect(Math.min(...waits)).toBeLessThan(400);
  await transport.stop();
  await bench.close();
});
