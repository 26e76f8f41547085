import { setTimeout as pause } from 'node:timers/promises';
import { eventLogMigrations } from '@yizhan/event-log';
import { type DatabaseGround, openDatabase } from '../ground/database.js';
import { percentile, printResult, ratioOf, rounded, spreadOf, tell } from '../ground/figures.js';
import { type KafkaGround, openKafka } from '../ground/kafka.js';
import { arrivals } from '../ground/open-loop.js';
import { areaPerPartition } from '../ground/traffic.js';
import type { Chain } from './chain.js';
import { ProductChain } from './product-chain.js';
import { openRawChain } from './raw-chain.js';
import { b3Migrations } from './tables.js';

export interface B3Options {
  readonly brokers: 1 | 3;
  readonly rounds: number;
  /** Writes a second. */
  readonly rates: readonly number[];
  readonly seconds: number;
  readonly idle: number;
  readonly data?: string | undefined;
}

const goals = { p50: 1.3, p99: 2, idleCpu: 0.01 };
/** Both chains write so much before they are measured: a process that has just begun runs code that is not compiled yet. */
const warmUp = { writesPerSecond: 200, seconds: 15 };

/** From commit to the broker's acknowledgement, against a bare commit and a bare send. */
export async function runB3(options: B3Options): Promise<void> {
  const kafka = await openKafka(options.brokers);
  const database = await openDatabase([eventLogMigrations, b3Migrations], options.data);
  try {
    for (const rate of options.rates) await compare(kafka, database, rate, options);
    if (options.idle > 0) await idle(kafka, database, options.idle);
  } finally {
    await database.close();
    await kafka.close();
  }
}

interface Round {
  readonly p50: number;
  readonly p99: number;
  readonly cpuMicroseconds: number;
}

async function compare(kafka: KafkaGround, database: DatabaseGround, rate: number, options: B3Options): Promise<void> {
  const { seconds } = options;
  const [own, bare] = [await kafka.topic('b3'), await kafka.topic('b3-raw')];
  const areas = areaPerPartition(own.partitions);
  const product = await ProductChain.open(own, database, areas);
  const peer = await openRawChain(bare, database.connection('station'), areas);
  const rounds: { product: Round[]; peer: Round[] } = { product: [], peer: [] };
  for (const chain of [product, peer]) await chain.round(arrivals(warmUp.writesPerSecond, warmUp.seconds, 0));
  for (let number = 1; number <= options.rounds; number += 1) {
    // The same instants for both.
    const instants = arrivals(rate, seconds, number);
    rounds.product.push(await runRound('product', product, instants));
    rounds.peer.push(await runRound('peer', peer, instants));
  }
  await product.close();
  await peer.close();
  const of = (rows: readonly Round[], figure: keyof Round): number[] => rows.map((row) => row[figure]);
  const figuresOf = (rows: readonly Round[]): object => ({
    p50Milliseconds: spreadOf(of(rows, 'p50')),
    p99Milliseconds: spreadOf(of(rows, 'p99')),
    cpuMicrosecondsPerEvent: spreadOf(of(rows, 'cpuMicroseconds')),
  });
  printResult({
    benchmark: 'B3',
    what: 'commit to the acknowledgement of all in-sync replicas',
    brokers: kafka.count,
    writesPerSecond: rate,
    rounds: options.rounds,
    seconds,
    p50: ratioOf(of(rounds.product, 'p50'), of(rounds.peer, 'p50'), goals.p50),
    p99: ratioOf(of(rounds.product, 'p99'), of(rounds.peer, 'p99'), goals.p99),
    product: figuresOf(rounds.product),
    peer: figuresOf(rounds.peer),
  });
}

async function runRound(name: string, chain: Chain, instants: readonly number[]): Promise<Round> {
  const before = process.cpuUsage();
  const latencies = await chain.round(instants);
  const { user, system } = process.cpuUsage(before);
  const round = {
    p50: rounded(percentile(latencies, 0.5)),
    p99: rounded(percentile(latencies, 0.99)),
    cpuMicroseconds: rounded((user + system) / instants.length),
  };
  tell(`${name}: p50 ${round.p50} ms, p99 ${round.p99} ms, ${round.cpuMicroseconds} µs of CPU an event`);
  return round;
}

/** What a publisher costs that has nothing to publish. */
async function idle(kafka: KafkaGround, database: DatabaseGround, seconds: number): Promise<void> {
  const topic = await kafka.topic('b3-idle');
  const product = await ProductChain.open(topic, database, areaPerPartition(topic.partitions));
  await product.round(arrivals(50, 3, 0));
  await pause(1_000);
  const before = process.cpuUsage();
  await pause(seconds * 1_000);
  const { user, system } = process.cpuUsage(before);
  await product.close();
  const ofOneCore = rounded((user + system) / (seconds * 1_000_000));
  printResult({
    benchmark: 'B3',
    what: 'CPU of an idle publisher, as a share of one core',
    brokers: kafka.count,
    seconds,
    ofOneCore,
    goal: goals.idleCpu,
    met: ofOneCore < goals.idleCpu,
  });
}
