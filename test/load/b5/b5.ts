import { randomUUID } from 'node:crypto';
import type { KafkaSettings } from '@yizhan/event-log';
import { eventLogMigrations } from '@yizhan/event-log';
import type { Connection } from '@yizhan/persistence';
import { schedulerMigrations } from '../../../apps/scheduler/src/scheduler.module.js';
import { BareKafka } from '../ground/bare-kafka.js';
import { Child } from '../ground/child.js';
import { openDatabase } from '../ground/database.js';
import { DocumentChain } from '../ground/documents.js';
import { printResult, ratioOf, rounded, type Spread, spreadOf, tell } from '../ground/figures.js';
import { type KafkaGround, openKafka } from '../ground/kafka.js';
import { areaPerPartition, Traffic } from '../ground/traffic.js';
import type { ContenderName, Heat } from './contender.js';
import type { Cost } from './tally.js';

export interface B5Options {
  readonly brokers: 1 | 3;
  readonly rounds: number;
  readonly messages: number;
  readonly warmUp: number;
  readonly data?: string | undefined;
  readonly profiles?: string | undefined;
}

const goal = 1.5;
const contenders: readonly ContenderName[] = ['eachBatch', 'product', 'nest'];

/** CPU per message of a handler with Nest's decorators, against bare kafkajs and Nest's own transport. */
export async function runB5(options: B5Options): Promise<void> {
  const kafka = await openKafka(options.brokers);
  const database = await openDatabase([eventLogMigrations, schedulerMigrations], options.data);
  try {
    const topic = await kafka.topic('b5');
    const bytes = await fill(topic, options.warmUp + options.messages);
    const costs = await race({ topic, connection: database.connection('scheduler'), options });
    report(kafka, bytes, options, costs);
  } finally {
    await database.close();
    await kafka.close();
  }
}

/** @returns the mean length of a document, in bytes. */
async function fill(topic: KafkaSettings, total: number): Promise<number> {
  tell(`writing ${total} events to Kafka`);
  const producer = await new BareKafka(topic).producer();
  const traffic = new Traffic(areaPerPartition(topic.partitions));
  const chain = new DocumentChain();
  let [sent, bytes] = [0, 0];
  for (let events = traffic.open(Date.now()); sent < total; events = traffic.step(Date.now())) {
    const messages = chain.messagesOf(events.slice(0, total - sent)).map((each) => ({ ...each }));
    await producer.send({ topic: topic.topic, acks: -1, messages });
    sent += messages.length;
    bytes += messages.reduce((sum, { value }) => sum + Buffer.byteLength(value), 0);
  }
  await producer.disconnect();
  return bytes / sent;
}

interface Race {
  readonly topic: KafkaSettings;
  readonly connection: Connection;
  readonly options: B5Options;
}

async function race({ topic, connection, options }: Race): Promise<Record<ContenderName, Cost[]>> {
  const costs: Record<ContenderName, Cost[]> = { eachBatch: [], product: [], nest: [] };
  const { warmUp, messages, profiles } = options;
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const contender of contenders) {
      const child = await Child.start(new URL('./contender.js', import.meta.url), { profiles });
      const heat: Heat = {
        contender,
        kafka: topic,
        group: `count-${randomUUID()}`,
        connection,
        warmUp,
        total: warmUp + messages,
      };
      const cost = await child.ask<Cost>('run', heat);
      await child.stop();
      costs[contender].push(cost);
      tell(`round ${round} ${contender}: ${perMessage(cost)} µs of CPU a message`);
    }
  }
  return costs;
}

function report(kafka: KafkaGround, bytes: number, options: B5Options, costs: Record<ContenderName, Cost[]>): void {
  const cpu = (contender: ContenderName): number[] => costs[contender].map(perMessage);
  const figuresOf = (contender: ContenderName): { cpuMicroseconds: Spread; messagesPerSecond: number } => ({
    cpuMicroseconds: spreadOf(cpu(contender)),
    messagesPerSecond: rounded(spreadOf(costs[contender].map(({ messages, seconds }) => messages / seconds)).median),
  });
  printResult({
    benchmark: 'B5',
    what: 'CPU of one message in a handler with Nest decorators',
    brokers: kafka.count,
    rounds: options.rounds,
    messages: options.messages,
    bytesPerMessage: Math.round(bytes),
    toEachBatch: ratioOf(cpu('product'), cpu('eachBatch'), goal),
    toNest: ratioOf(cpu('product'), cpu('nest'), 1),
    product: figuresOf('product'),
    eachBatch: figuresOf('eachBatch'),
    nest: figuresOf('nest'),
  });
}

const perMessage = ({ cpuMicroseconds, messages }: Cost): number => rounded(cpuMicroseconds / messages);
