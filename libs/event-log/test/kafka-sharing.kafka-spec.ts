import { setTimeout as pause } from 'node:timers/promises';
import type { YizhanEvent } from '@yizhan/contracts';
import type { Transaction } from '@yizhan/persistence';
import { Kafka, type Producer } from 'kafkajs';
import { openTestKafka, type TestKafka } from '@yizhan/testing';
import { Consumer } from '../src/consumer.js';
import type { ConsumerSettings } from '../src/consumer-settings.js';
import type { KafkaSettings } from '../src/kafka/kafka-settings.js';
import { KafkaPublisher } from '../src/kafka/kafka-publisher.js';
import { KafkaTransport } from '../src/kafka/kafka-transport.js';
import { messageOf } from '../src/kafka/message.js';
import { partitionOf } from '../src/kafka/partition-of.js';
import { ParkedEvents } from '../src/parked-events.js';
import { publishAgain } from '../src/kafka/published-place.js';
import { checkTopics, provisionTopics, removeTopic } from '../src/kafka/topics.js';
import type { EventLogTelemetry } from '../src/telemetry.js';
import { type Bench, openBench } from './bench.js';
import { testTopic } from './kafka-under-test.js';

jest.setTimeout(90_000);

let bench: Bench;
let broker: TestKafka;
let kafka: KafkaSettings;
const faults: string[] = [];
const running: (() => Promise<void>)[] = [];

const onFault = (where: string, error: unknown): void => void faults.push(`${where}: ${String(error)}`);
const onDead = (reason: string): void => void faults.push(`dead: ${reason}`);

beforeEach(async () => {
  faults.length = 0;
  bench = await openBench();
  broker = await openTestKafka();
  kafka = testTopic(broker.brokers, 6);
  await provisionTopics(kafka);
});

afterEach(async () => {
  for (const stop of running.splice(0).toReversed()) await stop();
  await removeTopic(kafka);
  await broker.close();
  await bench.close();
});

const recordEffect = async (event: YizhanEvent, tx: Transaction | undefined): Promise<void> => {
  await tx?.rows('INSERT INTO station.effects (subject, sequence, event_id) VALUES ($1, $2, $3)', [
    event.subject,
    event.sequence,
    event.id,
  ]);
};

/** One process of a group. */
async function joinGroup(
  settings: Partial<ConsumerSettings> = {},
): Promise<{ consumer: Consumer; leave(): Promise<void> }> {
  const consumer = new Consumer({
    group: 'tester',
    database: bench.service,
    schema: 'station',
    clock: bench.clock,
    effect: 'transaction',
    handles: () => true,
    handle: recordEffect,
    ...settings,
  });
  const transport = new KafkaTransport({ kafka, reader: bench.reader, onFault, onDead });
  await transport.subscribe(consumer);
  let isIn = true;
  const leave = async (): Promise<void> => {
    if (isIn) await transport.unsubscribe(consumer);
    isIn = false;
  };
  running.push(leave);
  return { consumer, leave };
}

function startPublisher(): KafkaPublisher {
  const publisher = new KafkaPublisher({
    kafka,
    database: bench.log,
    connection: bench.logConnection,
    clock: bench.clock,
    onFault,
  });
  bench.onCommit = publisher.wake;
  publisher.start();
  running.push(() => publisher.stop());
  return publisher;
}

async function withProducer(work: (producer: Producer) => Promise<void>): Promise<void> {
  const producer = new Kafka({ brokers: [...kafka.brokers], logLevel: 0 }).producer({ allowAutoTopicCreation: false });
  await producer.connect();
  await work(producer);
  await producer.disconnect();
}

async function until(what: string, holds: () => Promise<boolean> | boolean, patience = 40_000): Promise<void> {
  const end = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}; ${faults.slice(-3).join(' | ')}`);
    await pause(50);
  }
}

const effects = (): Promise<{ subject: string; sequence: number }[]> =>
  bench.service.rows('SELECT subject, sequence FROM station.effects ORDER BY effect_id');

const countEffects = async (): Promise<number> => (await effects()).length;

/** Every subject has had 1, 2, 3 … up to `count`, once each and in order. */
async function expectOneEffectEach(subjects: readonly string[], count: number): Promise<void> {
  const all = await effects();
  for (const subject of subjects) {
    const own = all.filter((effect) => effect.subject === subject).map(({ sequence }) => sequence);
    expect([subject, own]).toEqual([subject, Array.from({ length: count }, (_, index) => index + 1)]);
  }
  expect(all).toHaveLength(subjects.length * count);
}

const areas = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
const subjects = areas.map((area) => `visit/${area}`);

async function writeInAllAreas(from: number, count: number): Promise<void> {
  for (let index = from; index < from + count; index += 1) {
    await Promise.all(areas.map((area) => bench.write(`${area}-${index}`, [`visit/${area}`], area)));
  }
}

it('takes from the log what Kafka has left out', async () => {
  for (let index = 0; index < 5; index += 1) await bench.write(`h${index}`, ['visit/A']);
  await bench.sequenceAll();
  const documents = await bench.reader.documentsAfter(0, 10);
  await joinGroup();
  await withProducer(async (producer) => {
    for (const { position, document } of [documents[0], documents[4]].flatMap((each) => each ?? [])) {
      await producer.send({ topic: kafka.topic, messages: [messageOf({ key: 'A', position, document })] });
    }
  });
  await until('five effects', async () => (await countEffects()) === 5);
  await expectOneEffectEach(['visit/A'], 5);
});

it('sets aside what is none of ours, and goes on', async () => {
  await bench.write('a', ['visit/A']);
  await bench.sequenceAll();
  const [entry] = await bench.reader.documentsAfter(0, 1);
  const document = entry?.document ?? '';
  const forged = document.replace('"position":"1"', '"position":"900"').replace('"previous":"0"', '"previous":"899"');
  await withProducer(async (producer) => {
    const messages = [
      { key: 'A', value: '{"half":' },
      { key: 'A', value: null },
      { key: null, value: document },
      { key: 'B', value: document },
      { key: 'A', value: forged },
    ];
    await producer.send({
      topic: kafka.topic,
      messages: messages.map((message) => ({ ...message, partition: partitionOf('A', 6) })),
    });
  });
  startPublisher();
  const { consumer } = await joinGroup();
  await until('the good one', () => consumer.seen('A') === 1);
  await until(
    'all set aside',
    async () => (await bench.service.rows('SELECT 1 FROM station.quarantined')).length === 5,
  );
  await expectOneEffectEach(['visit/A'], 1);
  const aside = await bench.service.rows<{ place: string; reason: string }>(
    'SELECT place, reason FROM station.quarantined ORDER BY place',
  );
  expect(aside.map(({ reason }) => reason.replace(/:.*/, ''))).toEqual([
    'the log has no position 900 of A',
    'no JSON',
    'a tombstone',
    'its key is not A',
    'its key is not A',
  ]);
});

it('shares the areas among processes, and goes on without the one that leaves', async () => {
  startPublisher();
  const first = await joinGroup();
  await writeInAllAreas(0, 3);
  await until('the first effects', async () => (await countEffects()) === 24);
  const second = await joinGroup();
  await writeInAllAreas(3, 5);
  await until('effects of both', async () => (await countEffects()) === 64);
  const seenBy = ({ consumer }: { consumer: Consumer }): string[] => areas.filter((area) => consumer.seen(area) > 24);
  await until('a share each', () => seenBy(first).length > 0 && seenBy(second).length > 0);
  const writing = writeInAllAreas(8, 10);
  await first.leave();
  await writing;
  await until('effects of the one that is left', async () => (await countEffects()) === 144);
  await expectOneEffectEach(subjects, 18);
});

it('builds memory from the log, and forgets areas that go to another process', async () => {
  startPublisher();
  await writeInAllAreas(0, 4);
  const memoryOf = (): { held: Map<string, number[]>; settings: Partial<ConsumerSettings> } => {
    const held = new Map<string, number[]>();
    const settings: Partial<ConsumerSettings> = {
      effect: 'memory',
      handle: async (event) => {
        held.set(event.partitionkey, [...(held.get(event.partitionkey) ?? []), Number(event.sequence)]);
      },
      onKeysLost: (keys) => {
        for (const key of keys) held.delete(key);
      },
    };
    return { held, settings };
  };
  const [one, other] = [memoryOf(), memoryOf()];
  await joinGroup(one.settings);
  await until('everything is held by the first', () => [...one.held.values()].flat().length === 32);
  const second = await joinGroup(other.settings);
  await until('the areas are shared', () => one.held.size + other.held.size === 8 && other.held.size > 0);
  await writeInAllAreas(4, 2);
  const complete = (): boolean =>
    areas.every((area) => {
      const held = [one.held.get(area), other.held.get(area)].flatMap((each) => (each ? [each.join()] : []));
      return held.length === 1 && held[0] === '1,2,3,4,5,6';
    });
  await until('each area is held once, whole', complete);
  await second.leave();
  await until('everything is back at the first', () => other.held.size + one.held.size >= 8 && one.held.size === 8);
  await until('and whole', () => areas.every((area) => one.held.get(area)?.join() === '1,2,3,4,5,6'));
});

it('goes on after Kafka was wiped and filled again', async () => {
  startPublisher();
  const redelivered = jest.fn();
  const telemetry: EventLogTelemetry = { redelivered };
  await joinGroup({ telemetry });
  await writeInAllAreas(0, 3);
  await until('the first effects', async () => (await countEffects()) === 24);
  await removeTopic(kafka);
  await writeInAllAreas(3, 1);
  await provisionTopics(kafka);
  await publishAgain(bench.log);
  await writeInAllAreas(4, 1);
  await until('all effects', async () => (await countEffects()) === 40);
  await expectOneEffectEach(subjects, 5);
});

it('publishes with one process at a time, and another takes over', async () => {
  const first = startPublisher();
  const second = startPublisher();
  await until('one is active', () => first.progress.isActive !== second.progress.isActive);
  const [active, standby] = first.progress.isActive ? [first, second] : [second, first];
  await joinGroup();
  bench.onCommit = () => undefined;
  await writeInAllAreas(0, 3);
  await active.stop();
  await writeInAllAreas(3, 3);
  await until('the other is active', () => standby.progress.isActive);
  await until('everything is published', () => standby.progress.published === 48);
  await until('all effects', async () => (await countEffects()) === 48);
  await expectOneEffectEach(subjects, 6);
});

it('publishes again what was not noted, and nothing happens twice', async () => {
  const publisher = startPublisher();
  let redelivered = 0;
  const telemetry: EventLogTelemetry = { redelivered: () => void (redelivered += 1) };
  await joinGroup({ telemetry });
  await writeInAllAreas(0, 3);
  await until('the first effects', async () => (await countEffects()) === 24);
  await publishAgain(bench.log);
  await until('published again', () => publisher.progress.published === 24 && redelivered >= 24);
  await writeInAllAreas(3, 1);
  await until('all effects', async () => (await countEffects()) === 32);
  await expectOneEffectEach(subjects, 4);
});

it('parks a subject that has events in several areas for each area apart', async () => {
  startPublisher();
  let isBroken = true;
  const taken: string[] = [];
  const settingsOf = (process: string): Partial<ConsumerSettings> => ({
    handle: async (event, tx) => {
      if (isBroken && event.subject === 'policy/P') throw new Error('cannot handle');
      if (event.subject === 'policy/P') taken.push(`${process} ${event.partitionkey} ${event.sequence}`);
      await recordEffect(event, tx);
    },
  });
  const first = await joinGroup(settingsOf('first'));
  const second = await joinGroup(settingsOf('second'));
  await writeInAllAreas(0, 1);
  await until('shared effects', async () => (await countEffects()) === 8);
  for (let round = 0; round < 2; round += 1)
    for (const area of areas) await bench.write(`policy-${area}-${round}`, ['policy/P'], area);
  const parked = async (): Promise<number> => (await bench.service.rows('SELECT 1 FROM station.parked_events')).length;
  await until('all parked', async () => (await parked()) === 16);
  // Long enough for both to look again at what is parked.
  await pause(2_500);
  isBroken = false;
  await new ParkedEvents(bench.service, 'station').release('tester', 'policy/P');
  await until('all handled', async () => (await countEffects()) === 24);
  const ownerOf = (area: string): string =>
    first.consumer.seen(area) > second.consumer.seen(area) ? 'first' : 'second';
  for (const area of areas) {
    const own = taken.filter((line) => line.split(' ')[1] === area);
    expect(own.map((line) => line.split(' ')[0])).toEqual([ownerOf(area), ownerOf(area)]);
    const sequences = own.map((line) => Number(line.split(' ')[2]));
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
  }
});

it('tells again that the head is reached where that has failed, and handles on meanwhile', async () => {
  startPublisher();
  let told = 0;
  await joinGroup({
    onCaughtUp: async () => {
      told += 1;
      if (told <= 2) throw new TypeError('not yet');
    },
  });
  await writeInAllAreas(0, 2);
  await until('all effects', async () => (await countEffects()) === 16);
  await until('told at last', () => told >= 3);
  expect(faults.some((fault) => fault.includes('not yet'))).toBe(true);
  expect(faults.filter((fault) => fault.startsWith('dead'))).toEqual([]);
});

it('says what is wrong with a topic', async () => {
  expect(await checkTopics(kafka)).toEqual([]);
  expect(await checkTopics({ ...kafka, partitions: 7, minInSyncReplicas: 2 })).toEqual([
    `topic ${kafka.topic} has 6 partitions, not 7`,
    `topic ${kafka.topic} has min.insync.replicas=1, not 2`,
  ]);
  expect(await checkTopics({ ...kafka, topic: 'nowhere' })).toEqual(['topic nowhere does not exist']);
  await expect(provisionTopics({ ...kafka, topic: `${kafka.topic}-more`, replicationFactor: 3 })).rejects.toThrow(
    /replication-factor/i,
  );
});
