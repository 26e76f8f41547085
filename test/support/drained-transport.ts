import { setTimeout as pause } from 'node:timers/promises';
import {
  type Consumer,
  EmbeddedTransport,
  type EventTransport,
  KafkaPublisher,
  type KafkaSettings,
  KafkaTransport,
  LogReader,
  provisionTopics,
  RecentEntries,
  removeTopic,
  Sequencer,
} from '@yizhan/event-log';
import type { ManualClock } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import { openTestKafka, type TestDatabase } from '@yizhan/testing';

/** What carries the events of a test, step by step. */
export interface DrainedTransport {
  readonly transport: EventTransport;
  readonly reader: LogReader;
  /** To be called after each commit. */
  readonly wake: () => void;
  /** Sequences and handles what was committed until nothing is left. @returns whether there was anything to do. */
  drain(): Promise<boolean>;
  close(): Promise<void>;
}

/** Opens one for consumers that read the log through `database`. */
export type OpenTransport = (test: TestDatabase, database: Database, clock: ManualClock) => Promise<DrainedTransport>;

const fail = (where: string, error: unknown): never => {
  throw new Error(`fault in ${where}`, { cause: error });
};

/** As one machine has it. */
export const embedded: OpenTransport = async (test, database) => {
  const recent = new RecentEntries();
  const reader = new LogReader(database, recent);
  const sequencer = new Sequencer(await test.open('eventLog'), recent);
  const transport = new EmbeddedTransport({ reader, sequencer, onFault: fail });
  return { transport, reader, wake: transport.wake, drain: () => transport.drain(), close: async () => {} };
};

/** Through a topic of its own on the Kafka of the test run. */
export const overKafka: OpenTransport = async (test, database, clock) => {
  const broker = await openTestKafka();
  const kafka: KafkaSettings = {
    brokers: broker.brokers,
    clientId: 'test',
    topic: broker.topic,
    partitions: 3,
    replicationFactor: 1,
    minInSyncReplicas: 1,
  };
  await provisionTopics(kafka);
  const faults: string[] = [];
  const onFault = (where: string, error: unknown): void => void faults.push(`${where}: ${String(error)}`);
  const reader = new LogReader(database);
  const publisher = new KafkaPublisher({
    kafka,
    database: await test.open('eventLog'),
    connection: test.connection('eventLog'),
    clock,
    onFault,
  });
  const transport = new RecordedTransport({
    kafka,
    reader,
    tellsCaughtUp: false,
    onFault,
    onDead: (why) => fail(why, faults),
  });
  return {
    transport,
    reader,
    wake: () => undefined,
    drain: () => drainKafka(publisher, transport, reader, clock),
    close: async () => {
      await publisher.stop();
      await removeTopic(kafka);
      await broker.close();
    },
  };
};

/** Knows its consumers, so that a test can wait for them. */
class RecordedTransport extends KafkaTransport {
  readonly consumers = new Set<Consumer>();

  override async subscribe(consumer: Consumer): Promise<void> {
    this.consumers.add(consumer);
    await super.subscribe(consumer);
  }

  override async unsubscribe(consumer: Consumer): Promise<void> {
    this.consumers.delete(consumer);
    await super.unsubscribe(consumer);
  }
}

/** What was released or discarded from outside is seen within a second. */
const seenWithin = 1_300;

async function drainKafka(
  publisher: KafkaPublisher,
  { consumers }: RecordedTransport,
  reader: LogReader,
  clock: ManualClock,
): Promise<boolean> {
  let worked = false;
  let hasLookedAtParked = false;
  for (;;) {
    const published = (await publisher.publishAll()) > 0;
    const heads = await reader.keys();
    const positions = Object.fromEntries(heads.map(({ key, position }) => [key, position]));
    for (const consumer of consumers) await consumer.reached(positions);
    const isAnyParked = [...consumers].some(({ hasParked }) => hasParked);
    if (!published && isAnyParked && !hasLookedAtParked) {
      hasLookedAtParked = true;
      do await pause(seenWithin);
      while ([...consumers].some(({ nextDueAt = Infinity }) => nextDueAt <= clock.now()));
      continue;
    }
    let told = false;
    if (!published) for (const consumer of consumers) told = (await consumer.caughtUp()) || told;
    if (!published && !told) return worked;
    worked = true;
  }
}
