import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Consumer } from '../src/consumer.js';
import { KafkaPublisher } from '../src/kafka/kafka-publisher.js';
import type { KafkaSettings } from '../src/kafka/kafka-settings.js';
import { KafkaTransport } from '../src/kafka/kafka-transport.js';
import { publishAgain } from '../src/kafka/published-place.js';
import { provisionTopics, removeTopic } from '../src/kafka/topics.js';
import type { Bench } from './bench.js';
import type { TransportUnderTest } from './transport-conformance.js';

/** A topic of its own on a single broker. */
export function testTopic(brokers: readonly string[], partitions = 3): KafkaSettings {
  return {
    brokers,
    clientId: 'test',
    topic: `test-${randomUUID()}`,
    partitions,
    replicationFactor: 1,
    minInSyncReplicas: 1,
  };
}

/** The log of a bench on a real broker: publisher and transport as the processes of a cluster have them. */
export async function kafkaUnderTest(bench: Bench, kafka: KafkaSettings): Promise<TransportUnderTest> {
  await provisionTopics(kafka);
  const faults: string[] = [];
  const onFault = (where: string, error: unknown): void => void faults.push(`${where}: ${String(error)}`);
  const onDead = (reason: string): void => void faults.push(reason);
  const publisher = new KafkaPublisher({
    kafka,
    database: bench.log,
    connection: bench.logConnection,
    clock: bench.clock,
    onFault,
  });
  bench.onCommit = publisher.wake;
  publisher.start();
  const spoilInLog = bench.spoilNewestEntry;
  bench.spoilNewestEntry = async (raw) => {
    await spoilInLog(raw);
    await removeTopic(kafka);
    await provisionTopics(kafka);
    await publishAgain(bench.log);
  };
  const transport = new KafkaTransport({ kafka, reader: bench.reader, onFault, onDead });
  const subscribed = new Set<Consumer>();
  const isQuiet = async (): Promise<boolean> => {
    // A release from outside is seen within a second.
    const [parked] = await bench.service.rows('SELECT 1 FROM station.parked_events LIMIT 1');
    if (parked) await pause(1_200);
    const isSequenced = await bench.isSequenced();
    const heads = await bench.reader.keys();
    return (
      isSequenced &&
      [...subscribed].every(
        (consumer) =>
          heads.every(({ key, position }) => consumer.seen(key) >= position) &&
          (consumer.nextDueAt ?? Infinity) > bench.clock.now(),
      )
    );
  };
  return {
    transport: {
      subscribe: async (consumer) => {
        subscribed.add(consumer);
        await transport.subscribe(consumer);
      },
      unsubscribe: async (consumer) => {
        subscribed.delete(consumer);
        await transport.unsubscribe(consumer);
      },
    },
    settle: async () => {
      do await pause(200);
      while (!(await isQuiet()));
    },
    close: async () => {
      for (const consumer of subscribed) await transport.unsubscribe(consumer);
      await publisher.stop();
      await removeTopic(kafka);
    },
  };
}
