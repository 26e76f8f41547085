import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DataDirectory } from '../runtime/data/data-directory.js';
import { writePrivately } from '../runtime/data/data-directory.js';
import { DataLock } from '../runtime/data/data-lock.js';
import { environmentWith, givenKafka, type KafkaVariables } from './cluster.config.js';
import { builtScript } from './built-script.js';
import { SupervisedProcess } from './processes/supervised-process.js';

export interface BrokerSettings {
  readonly directory: DataDirectory;
  readonly count: 1 | 3;
  readonly tell: (line: string) => void;
}

interface ReadyBrokers {
  readonly brokers: readonly string[];
}

/** Kafka may have to be fetched first. */
const readyWithin = 900_000;

const fileOf = (directory: DataDirectory): string => join(directory.path, 'kafka.json');

/** A Kafka on this machine for one cluster of processes, with its data in the data directory. */
export class LocalBrokers {
  readonly #process: SupervisedProcess<ReadyBrokers>;
  #isStopping = false;

  constructor(private readonly settings: BrokerSettings) {
    const { directory, count, tell } = settings;
    this.#process = new SupervisedProcess({
      name: 'kafka',
      // A program of its own, as what it takes is for tests and trials and no part of the product.
      script: builtScript('libs/testing/src/kafka/kafka-up.js'),
      args: ['--json', '--brokers', String(count), '--folder', join(directory.path, `kafka-${count}`)],
      environment: environmentWith({}),
      readReady,
      readyWithin,
      tell,
    });
  }

  /** @returns what a process has to be told to use it. */
  async start(): Promise<KafkaVariables> {
    const { directory, count } = this.settings;
    const { brokers } = await this.#process.start();
    const copies = count === 1 ? '1' : '3';
    const variables = {
      YIZHAN_KAFKA_REPLICATION: copies,
      YIZHAN_KAFKA_MIN_IN_SYNC: count === 1 ? '1' : '2',
      ...givenKafka(),
      KAFKA_BROKERS: brokers.join(','),
    };
    writePrivately(fileOf(directory), JSON.stringify(variables));
    return variables;
  }

  /** Tells of an end that nobody has asked for. It is not started again: on other ports nobody would find it. */
  onEnd(listener: () => void): void {
    this.#process.once('exit', () => {
      if (this.#isStopping) return;
      void this.#process.stop();
      listener();
    });
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    rmSync(fileOf(this.settings.directory), { force: true });
    await this.#process.stop();
  }
}

/** The Kafka that commands work with: what the environment names, else that of the cluster that runs on the data directory. */
export function kafkaOf(directory: DataDirectory): KafkaVariables {
  const given = givenKafka();
  const file = fileOf(directory);
  if (given.KAFKA_BROKERS || DataLock.holderOf(directory)?.what !== 'cluster' || !existsSync(file)) return given;
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as KafkaVariables), ...given };
}

/** The one line that the program prints on stdout. */
function readReady(line: string): ReadyBrokers | undefined {
  return line.startsWith('{"brokers":') ? (JSON.parse(line) as ReadyBrokers) : undefined;
}
