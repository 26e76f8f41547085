import type { Clock } from '@yizhan/kernel';
import { type Connection, type Database, isDatabaseDown } from '@yizhan/persistence';
import { Partitioners, type Producer } from 'kafkajs';
import type { Bell } from '../bell.js';
import { RecentEntries } from '../log-entry.js';
import { type SequencedEntry, Sequencer, sequencerBatch } from '../sequencer.js';
import type { EventLogTelemetry } from '../telemetry.js';
import { Wake } from '../wake.js';
import { ActiveLock } from './active-lock.js';
import { createKafka } from './kafka-client.js';
import type { KafkaSettings } from './kafka-settings.js';
import { messageOf } from './message.js';
import { partitionOf } from './partition-of.js';
import { PublishedPlace, type UnpublishedEntry } from './published-place.js';

export interface PublisherSettings {
  readonly kafka: KafkaSettings;
  /** As the sequencer's role. */
  readonly database: Database;
  /** The same role's way to a connection of its own, which holds the lock of the one active publisher. */
  readonly connection: Connection;
  readonly clock: Clock;
  /** Rung by those who write in other processes; absent where `wake` is called. */
  readonly outboxBell?: Bell;
  /** Told of faults that are waited out. */
  readonly onFault: (where: string, error: unknown) => void;
  readonly telemetry?: EventLogTelemetry;
}

/** Where a publisher stands. */
export interface PublisherProgress {
  readonly isActive: boolean;
  /** Everything up to here has been acknowledged by Kafka. */
  readonly published: number;
}

const busyPoll = 50;
const idlePoll = 500;
const faultPause = 1_000;
const tryAgainToLead = 1_000;
const flushFor = 3_000;

/**
 * Gives committed events their place in the log and publishes the log to Kafka: one send in flight, acknowledged by all
 * in-sync replicas, in the order of the log. What was sent and not noted is sent again after a crash; receivers know an
 * event by its position. Several processes may stand by, one is active.
 */
export class KafkaPublisher {
  readonly #wake = new Wake();
  readonly #sequencer: Sequencer;
  readonly #place: PublishedPlace;
  readonly #lock: ActiveLock;
  #producer: Producer | undefined;
  #running: Promise<void> | undefined;
  #isStopping = false;

  constructor(private readonly settings: PublisherSettings) {
    this.#sequencer = new Sequencer(settings.database, new RecentEntries(), { notifies: true });
    this.#place = new PublishedPlace(settings.database);
    this.#lock = new ActiveLock(settings.connection, settings.onFault);
    settings.outboxBell?.subscribe(this.wake);
  }

  /** Something was committed: look at once. */
  readonly wake = (): void => this.#wake.ring();

  get progress(): PublisherProgress {
    return { isActive: this.#lock.isHeld, published: this.#place.position };
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Publishes what is committed and ends. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wake.ring();
    await this.#running;
    await this.#lock.release();
    await this.#dropProducer();
  }

  /** Publishes until nothing is left, for one who moves step by step. @returns how many entries were published. */
  async publishAll(): Promise<number> {
    if (!(await this.#lock.tryTake())) throw new Error('another process publishes this log');
    let published = 0;
    for (let round = await this.#round(); round > 0; round = await this.#round()) published += round;
    await this.#place.store();
    return published;
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      try {
        if (!(await this.#lock.tryTake())) {
          await this.#wake.wait(tryAgainToLead);
          continue;
        }
        const published = await this.#round();
        // A round that was not full left nothing behind: what was committed meanwhile has rung.
        if (published >= sequencerBatch) continue;
        if (published === 0) await this.#place.store();
        await this.#wake.wait(published > 0 ? busyPoll : idlePoll);
      } catch (error) {
        await this.#stumbled(error);
      }
    }
    await this.#flush().catch((error) => this.settings.onFault('publishing the last events', error));
  }

  async #flush(): Promise<void> {
    if (!this.#lock.isHeld) return;
    // Under load there is always something new: who takes over publishes the rest.
    const end = performance.now() + flushFor;
    while ((await this.#round()) > 0 && performance.now() < end);
    await this.#place.store();
  }

  async #stumbled(error: unknown): Promise<void> {
    this.settings.onFault('publishing', error);
    this.#place.forget();
    // A producer that has failed may hold connections to brokers that are gone.
    if (!isDatabaseDown(error)) await this.#dropProducer();
    if (!this.#isStopping) await this.#wake.wait(faultPause);
  }

  /**
   * Sequences once and sends one batch: while the sequencer still commits where the rows can only ever become these entries
   * (ADR 27). @returns how many entries were sequenced or sent.
   */
  async #round(): Promise<number> {
    await this.#place.refresh();
    let sending: Promise<void> | undefined;
    const sendEarly = (sequenced: readonly SequencedEntry[]): void => {
      const next = this.#place.next(sequenced);
      // Told again after a deadlock: what comes then waits for the next round.
      if (next) sending ??= this.#send(next);
      sending?.catch(() => undefined);
    };
    const sequenced = await this.#sequencer.sequence(sendEarly).finally(() => sending?.catch(() => undefined));
    if (sending) {
      await sending;
      return sequenced.length;
    }
    const entries = this.#place.next(sequenced) ?? (await this.#place.unpublished(sequencerBatch));
    if (entries.length > 0) await this.#send(entries);
    return Math.max(sequenced.length, entries.length);
  }

  async #send(entries: readonly UnpublishedEntry[]): Promise<void> {
    const { topic, partitions } = this.settings.kafka;
    const messages = entries.map((entry) => ({ ...messageOf(entry), partition: partitionOf(entry.key, partitions) }));
    const producer = await this.#connectedProducer();
    await producer.sendBatch({ acks: -1, timeout: 5_000, topicMessages: [{ topic, messages }] });
    this.#place.publishedUpTo(entries.at(-1)?.position ?? this.#place.position);
    const oldest = entries[0]?.recordedAt ?? this.settings.clock.now();
    this.settings.telemetry?.published?.(entries.length, Math.max(0, this.settings.clock.now() - oldest) / 1000);
  }

  async #connectedProducer(): Promise<Producer> {
    if (this.#producer) return this.#producer;
    const kafka = createKafka(this.settings.kafka, (line) => this.settings.onFault('Kafka', new Error(line)));
    // Not idempotent: after a lost answer kafkajs drops acknowledged messages as doubles when several are in flight.
    const producer = kafka.producer({
      allowAutoTopicCreation: false,
      idempotent: false,
      maxInFlightRequests: 1,
      // Messages name their partition; kafkajs warns where nobody says which one it is otherwise.
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    this.#producer = producer;
    return producer;
  }

  async #dropProducer(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.disconnect().catch((error: unknown) => this.settings.onFault('leaving Kafka', error));
  }
}
