import type { Clock } from '@yizhan/kernel';
import { type Connection, type Database, isDatabaseDown } from '@yizhan/persistence';
import { Partitioners, type Producer } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bell } from '../bell.js';
import { RecentEntries } from '../log-entry.js';
import { type SequencedEntry, Sequencer } from '../sequencer.js';
import { sequencerBatch } from '../sequencer-statements.js';
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
const longestHold = 100;
/** A broker that is away is no reason to keep the whole log in memory. */
const mostWaiting = 5 * sequencerBatch;

/**
 * Gives committed events their place in the log and publishes the log to Kafka: one send in flight, acknowledged by all
 * in-sync replicas, in the order of the log. What was sent and not noted is sent again after a crash; receivers know an
 * event by its position. Several processes may stand by, one is active.
 *
 * The log goes on whatever Kafka does: sequencing and sending are two loops, and what the one has made the other takes from
 * memory, or where that was not possible from the log.
 */
export class KafkaPublisher {
  readonly #wake = new Wake();
  readonly #toSend = new Wake();
  readonly #sequencer: Sequencer;
  readonly #place: PublishedPlace;
  readonly #lock: ActiveLock;
  /** Sequenced and not sent: one position after the other. */
  #waiting: SequencedEntry[] = [];
  /** The newest that has waited; 0 where the log has to say what is next. */
  #offered = 0;
  /** Resolves when the send in flight has ended, either way. */
  #sending: Promise<void> | undefined;
  #producer: Producer | undefined;
  #running: Promise<unknown> | undefined;
  #isStopping = false;
  /** Nothing has been acknowledged since a send failed. */
  #isStuck = false;

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
    this.#running ??= Promise.all([this.#sequenceOn(), this.#sendOn()]);
  }

  /** Publishes what is committed and ends. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wake.ring();
    this.#toSend.ring();
    await this.#running;
    await this.#flush().catch((error) => this.settings.onFault('publishing the last events', error));
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

  async #sequenceOn(): Promise<void> {
    while (!this.#isStopping) {
      try {
        if (!(await this.#lock.tryTake())) {
          await this.#wake.wait(tryAgainToLead);
          continue;
        }
        // While the sequencer still commits, where the rows can only ever become these entries (ADR 27).
        const sequenced = await this.#sequencer.sequence((entries) => this.#offer(entries));
        this.#offer(sequenced);
        await this.#untilSent();
        // A pass that was not full left nothing behind: what was committed meanwhile has rung.
        if (sequenced.length >= sequencerBatch) continue;
        await this.#wake.wait(sequenced.length > 0 ? busyPoll : idlePoll);
      } catch (error) {
        this.settings.onFault('sequencing', error);
        if (!this.#isStopping) await this.#wake.wait(faultPause);
      }
    }
  }

  /**
   * What comes meanwhile makes one batch with the next pass: on few cores many small ones cost more than they gain (ADR 27).
   * A broker that takes long holds nobody up.
   */
  async #untilSent(): Promise<void> {
    if (!this.#sending) return;
    const patience = new AbortController();
    await Promise.race([
      this.#sending,
      pause(longestHold, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
  }

  async #sendOn(): Promise<void> {
    while (!this.#isStopping) {
      try {
        if (!this.#lock.isHeld) {
          this.#forgetWaiting();
          await this.#toSend.wait(tryAgainToLead);
          continue;
        }
        await this.#place.refresh();
        const entries = this.#next() ?? (await this.#place.unpublished(sequencerBatch));
        if (entries.length > 0) await this.#sendAlone(entries);
        else await this.#place.store();
        if (this.#waiting.length === 0 && entries.length < sequencerBatch) await this.#toSend.wait(idlePoll);
      } catch (error) {
        await this.#stumbled(error);
      }
    }
  }

  /** Told of entries early, and again when they are committed; of more than a sender can soon take it is read from the log. */
  #offer(entries: readonly SequencedEntry[]): void {
    const fresh = entries.filter(({ position }) => position > this.#offered);
    const [first, last] = [fresh[0], fresh.at(-1)];
    if (!first || !last) return;
    const isNext = this.#waiting.length === 0 || first.position === this.#offered + 1;
    if (isNext && this.#waiting.length < mostWaiting) {
      this.#waiting.push(...fresh);
      this.#offered = last.position;
    }
    this.#toSend.ring();
  }

  /** What waits, where it is what comes next; undefined where the log has to say what does. */
  #next(): readonly UnpublishedEntry[] | undefined {
    const next = this.#place.next(this.#waiting.slice(0, sequencerBatch));
    if (next) this.#waiting.splice(0, next.length);
    else this.#forgetWaiting();
    return next;
  }

  #forgetWaiting(): void {
    this.#waiting = [];
    this.#offered = 0;
  }

  async #flush(): Promise<void> {
    // Whoever publishes next takes the rest from the log.
    if (!this.#lock.isHeld || this.#isStuck) return;
    // Under load there is always something new: who takes over publishes the rest.
    const end = performance.now() + flushFor;
    while ((await this.#round()) > 0 && performance.now() < end);
    await this.#place.store();
  }

  async #stumbled(error: unknown): Promise<void> {
    this.settings.onFault('publishing', error);
    this.#isStuck = true;
    this.#forgetWaiting();
    this.#place.forget();
    // A producer that has failed may hold connections to brokers that are gone.
    if (!isDatabaseDown(error)) await this.#dropProducer();
    if (!this.#isStopping) await this.#toSend.wait(faultPause);
  }

  /** Sequences once and sends one batch. @returns how many entries were sequenced or sent. */
  async #round(): Promise<number> {
    await this.#place.refresh();
    const sequenced = await this.#sequencer.sequence();
    const entries = await this.#place.unpublished(sequencerBatch);
    if (entries.length > 0) await this.#send(entries);
    return Math.max(sequenced.length, entries.length);
  }

  async #sendAlone(entries: readonly UnpublishedEntry[]): Promise<void> {
    const sent = this.#send(entries);
    this.#sending = sent.catch(() => undefined).finally(() => (this.#sending = undefined));
    await sent;
  }

  async #send(entries: readonly UnpublishedEntry[]): Promise<void> {
    const { topic, partitions } = this.settings.kafka;
    const messages = entries.map((entry) => ({ ...messageOf(entry), partition: partitionOf(entry.key, partitions) }));
    const producer = await this.#connectedProducer();
    await producer.sendBatch({ acks: -1, timeout: 5_000, topicMessages: [{ topic, messages }] });
    this.#isStuck = false;
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
