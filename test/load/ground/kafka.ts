import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { checkTopics, type KafkaSettings, provisionTopics, removeTopic } from '@yizhan/event-log';
import { LocalKafka } from '@yizhan/testing';
import { alsoWhenBrokenOff } from './ending.js';
import { tell } from './figures.js';

/** Brokers to measure on. */
export interface KafkaGround {
  /** How many there are. */
  readonly count: number;
  /** Makes a topic as production has it, as far as there are brokers for its copies; it goes with `close`. */
  topic(name: string): Promise<KafkaSettings>;
  close(): Promise<void>;
}

/** Starts brokers on this machine, unless `KAFKA_BROKERS` names some. */
export async function openKafka(count: 1 | 3): Promise<KafkaGround> {
  const named = process.env.KAFKA_BROKERS?.trim();
  if (named) return new Ground(named.split(','));
  const local = await LocalKafka.start({ brokers: count, onProgress: tell });
  return new Ground(local.brokers, local);
}

class Ground implements KafkaGround {
  readonly close = alsoWhenBrokenOff(() => this.#close());
  readonly #topics: KafkaSettings[] = [];

  constructor(
    private readonly brokers: readonly string[],
    private readonly local?: LocalKafka,
  ) {}

  get count(): number {
    return this.brokers.length;
  }

  async topic(name: string): Promise<KafkaSettings> {
    const isCluster = this.count >= 3;
    const settings: KafkaSettings = {
      brokers: this.brokers,
      clientId: 'bench',
      topic: `bench-${name}-${randomUUID()}`,
      partitions: 12,
      replicationFactor: isCluster ? 3 : 1,
      minInSyncReplicas: isCluster ? 2 : 1,
    };
    this.#topics.push(settings);
    await untilProvisioned(settings);
    return settings;
  }

  async #close(): Promise<void> {
    if (this.local) await this.local.stop();
    else for (const settings of this.#topics) await removeTopic(settings);
  }
}

const patience = 20_000;

/** For a moment a new topic is unknown to the brokers, which kafkajs takes for a fault. */
async function untilProvisioned(settings: KafkaSettings): Promise<void> {
  const begun = performance.now();
  for (;;) {
    try {
      await provisionTopics(settings);
      const faults = await checkTopics(settings);
      if (faults.length === 0) return;
      throw new Error(faults.join('; '));
    } catch (error) {
      if (performance.now() - begun > patience) throw error;
      await pause(200);
    }
  }
}
