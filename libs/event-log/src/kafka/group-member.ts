import { OneAtATime } from '@yizhan/kernel';
import { isDatabaseDown } from '@yizhan/persistence';
import type { Consumer as KafkaConsumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Consumer } from '../consumer.js';
import type { EventLogTelemetry } from '../telemetry.js';
import { createKafka } from './kafka-client.js';
import type { KafkaSettings } from './kafka-settings.js';
import type { KafkaTransportSettings } from './kafka-transport.js';
import { readMessage, type UnreadableMessage } from './message.js';
import { partitionOf } from './partition-of.js';

/** How far one member of a consumer group is. */
export interface MemberProgress {
  readonly group: string;
  readonly isMember: boolean;
  /** Partitions that are this process's. */
  readonly own: ReadonlySet<number>;
  /** Offset of the next message that it takes, of the partitions of which it has taken some. */
  readonly next: ReadonlyMap<number, number>;
  /** Counts everything that moved: messages, joins, waits for a database that is away. */
  readonly moves: number;
}

const faultPause = 1_000;
const housekeepingEvery = 1_000;
/** How long a process that leaves waits for the coordinator to note its offsets: they are hints. */
const lastNoteWithin = 2_000;
const heartbeatEvery = 1_500;

/** One consumer as a member of its group on Kafka. */
export class GroupMember {
  readonly #kafka: KafkaConsumer;
  /** Messages, retries and changes of ownership never at once: a subject's order depends on it. */
  readonly #turn = new OneAtATime();
  #own: ReadonlySet<number> = new Set();
  /** The partitions whose keys the consumer has adopted. */
  #adopted: ReadonlySet<number> = new Set();
  readonly #next = new Map<number, number>();
  /** Of `#next`, what the group's coordinator has. */
  readonly #noted = new Map<number, number>();
  #isNoting = false;
  #housekeeping: NodeJS.Timeout | undefined;
  #isMember = false;
  #isLeaving = false;
  #owesCaughtUp = false;
  #moves = 0;
  #rebalanceBegan = performance.now();

  constructor(
    private readonly consumer: Consumer,
    private readonly settings: KafkaTransportSettings,
  ) {
    const { kafka, onFault } = settings;
    this.#kafka = createKafka(kafka, (line) => onFault(`Kafka (${consumer.group})`, new Error(line))).consumer({
      groupId: groupIdOf(kafka, consumer.group),
      sessionTimeout: 10_000,
      heartbeatInterval: 3_000,
      rebalanceTimeout: 15_000,
      maxWaitTimeInMs: 500,
      minBytes: 1,
      allowAutoTopicCreation: false,
      // Every request to a coordinator that is frozen takes 8 s to fail; after a few the client joins anew, at another one.
      retry: { initialRetryTime: 200, maxRetryTime: 3_000, factor: 0.2, multiplier: 2, retries: 2 },
    });
  }

  get progress(): MemberProgress {
    const group = this.consumer.group;
    return { group, isMember: this.#isMember, own: this.#own, next: this.#next, moves: this.#moves };
  }

  get telemetry(): EventLogTelemetry {
    return this.consumer.telemetry;
  }

  async join(): Promise<void> {
    const { GROUP_JOIN, REBALANCING, CRASH } = this.#kafka.events;
    this.#kafka.on(GROUP_JOIN, ({ payload }) => {
      this.#isMember = true;
      this.#own = new Set(payload.memberAssignment[this.settings.kafka.topic] ?? []);
      this.#moves += 1;
      this.#turn
        .take(() => this.#adopt())
        .catch((error: unknown) => {
          this.#fault(error);
          if (!this.#isLeaving) this.settings.onDead(`the consumer ${this.consumer.group} cannot take over its areas`);
        });
    });
    this.#kafka.on(REBALANCING, () => {
      this.#isMember = false;
      this.#rebalanceBegan = performance.now();
    });
    this.#kafka.on(CRASH, ({ payload }) => {
      this.#isMember = false;
      if (!payload.restart)
        this.settings.onDead(`the consumer ${this.consumer.group} has stopped: ${payload.error.message}`);
    });
    await this.#kafka.connect();
    await this.#kafka.subscribe({ topics: [this.settings.kafka.topic], fromBeginning: true });
    await this.#kafka.run({
      // kafkajs would ask the coordinator after every batch, however small, and hold the next one up for its answer.
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 1,
      eachBatch: (payload) => this.#inTurn(payload),
    });
    this.#scheduleHousekeeping();
  }

  /** Ends after the event in hand; another process of the group goes on from here. */
  async leave(): Promise<void> {
    this.#isLeaving = true;
    clearTimeout(this.#housekeeping);
    await this.#turn.take(async () => undefined);
    await Promise.race([this.#noteOffsets(), pause(lastNoteWithin, undefined, { ref: false })]);
    await this.#kafka.stop();
    await this.#turn.take(() => this.consumer.saveKeys()).catch((error) => this.#fault(error));
    await this.#kafka.disconnect();
  }

  /** What is gained is built, what is lost is forgotten; `#own` may have changed again by the time that it is this one's turn. */
  async #adopt(): Promise<void> {
    const [own, before] = [this.#own, this.#adopted];
    const placeOf = (key: string): number => partitionOf(key, this.settings.kafka.partitions);
    // `#own` may change while this takes its time: what is another's by then is not this one's to decide for.
    const isOwn = (key: string): boolean => own.has(placeOf(key)) && this.#own.has(placeOf(key));
    await this.#untilDatabaseAnswers(async () => {
      const keys = (await this.settings.reader.keys()).map(({ key }) => key);
      this.consumer.lose(keys.filter((key) => before.has(placeOf(key)) && !isOwn(key)));
      const [gained, kept] = [false, true].map((had) =>
        keys.filter((key) => isOwn(key) && before.has(placeOf(key)) === had),
      );
      const share = { gained: gained ?? [], kept: kept ?? [], isOwn, onProgress: () => (this.#moves += 1) };
      await this.consumer.adopt(share, this.settings.reader);
    });
    this.#adopted = own;
    for (const places of [this.#next, this.#noted]) {
      for (const partition of places.keys()) if (!own.has(partition)) places.delete(partition);
    }
    this.consumer.telemetry.rebalanced?.(this.consumer.group, (performance.now() - this.#rebalanceBegan) / 1000);
    if (this.#own === own) await this.#tellCaughtUp();
  }

  /** What came before may take long, such as building memory from the log: stay a member meanwhile. */
  async #inTurn(payload: EachBatchPayload): Promise<void> {
    // What it throws is thrown again by the heartbeat after the turn.
    const beating = setInterval(() => void payload.heartbeat().catch(() => undefined), heartbeatEvery);
    try {
      await this.#turn.take(() => {
        clearInterval(beating);
        return this.#takeBatch(payload);
      });
    } finally {
      clearInterval(beating);
    }
  }

  async #takeBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, heartbeat } = payload;
    const took = await this.#takeUntil(payload, (offset) => {
      // For each message this would be a fifth of what handling it costs.
      resolveOffset(offset);
      this.#next.set(batch.partition, Number(offset) + 1);
    });
    if (!took) return;
    if (Number(batch.highWatermark) <= Number(batch.lastOffset()) + 1) await this.#tellCaughtUp();
    await heartbeat();
  }

  /** @param done told now and then, and at the end, of the offset up to which messages were taken. @returns whether all were. */
  async #takeUntil(payload: EachBatchPayload, done: (offset: string) => void): Promise<boolean> {
    const { batch, heartbeat, isRunning } = payload;
    const { together } = this.consumer;
    let beat = performance.now();
    let taken: string | undefined;
    try {
      for (let at = 0; at < batch.messages.length; at += together) {
        if (!isRunning() || this.#isLeaving || !this.#own.has(batch.partition)) return false;
        const some = batch.messages.slice(at, at + together);
        await this.#untilDatabaseAnswers(() => this.#takeMessages(some, batch.partition), heartbeat);
        taken = some.at(-1)?.offset ?? batch.lastOffset();
        this.#moves += 1;
        if (performance.now() - beat < heartbeatEvery) continue;
        done(taken);
        await heartbeat();
        beat = performance.now();
      }
      return true;
    } finally {
      if (taken !== undefined) done(taken);
    }
  }

  async #takeMessages(messages: readonly KafkaMessage[], partition: number): Promise<void> {
    const read = messages.map(readMessage);
    if (read.length > 1) {
      const events = read.flatMap((each) => ('event' in each ? [each.event] : []));
      if (events.length === read.length && (await this.consumer.takeTogether(events))) return;
    }
    for (const [index, each] of read.entries()) {
      if ('event' in each) await this.consumer.takeOfKey(each.event, this.settings.reader);
      else await this.#takeUnreadable(each, `${partition}@${messages[index]?.offset}`);
    }
  }

  async #takeUnreadable({ key, position, unreadable }: UnreadableMessage, place: string): Promise<void> {
    const { reader, kafka } = this.settings;
    const isOurs =
      key !== undefined && position !== undefined && (await this.consumer.takeFromLog(key, position, reader));
    if (!isOurs) await this.consumer.quarantine(`${kafka.topic}/${place}`, unreadable);
  }

  /** A database that is away is no failure of an event: wait for it, and stay a member meanwhile. */
  async #untilDatabaseAnswers(
    work: () => Promise<void>,
    heartbeat: () => Promise<void> = async () => {},
  ): Promise<void> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!isDatabaseDown(error) || this.#isLeaving) throw error;
        this.#fault(error);
        this.#moves += 1;
        await pause(faultPause);
        await heartbeat();
      }
    }
  }

  #scheduleHousekeeping(): void {
    this.#housekeeping = setTimeout(() => {
      void this.#turn
        .take(() => this.#keepHouse())
        .catch((error) => this.#fault(error))
        .finally(() => {
          if (!this.#isLeaving) this.#scheduleHousekeeping();
        });
    }, housekeepingEvery);
  }

  async #keepHouse(): Promise<void> {
    if (this.#isLeaving) return;
    void this.#noteOffsets();
    await this.consumer.refreshParked();
    if ((await this.consumer.retryDue()) > 0 || this.#owesCaughtUp) await this.#tellCaughtUp();
    await this.consumer.saveKeys();
  }

  /**
   * Tells the group's coordinator how far the partitions are. Never in turn with messages: a coordinator that does not
   * answer holds nobody up, as offsets are hints.
   */
  async #noteOffsets(): Promise<void> {
    if (!this.#isMember || this.#isNoting) return;
    const { topic } = this.settings.kafka;
    const due = [...this.#next].filter(([partition, next]) => this.#noted.get(partition) !== next);
    if (due.length === 0) return;
    this.#isNoting = true;
    try {
      await this.#kafka.commitOffsets(due.map(([partition, next]) => ({ topic, partition, offset: String(next) })));
      for (const [partition, next] of due) if (this.#own.has(partition)) this.#noted.set(partition, next);
    } catch (error) {
      // The group is changing hands: whoever has the partitions afterwards notes them.
      if (this.#isMember && !this.#isLeaving) this.#fault(error);
    } finally {
      this.#isNoting = false;
    }
  }

  async #tellCaughtUp(): Promise<void> {
    if (!(this.settings.tellsCaughtUp ?? true)) return;
    // What fails here is no fault of a message, and must not reach the client: it is tried again in a second.
    this.#owesCaughtUp = true;
    try {
      await this.consumer.caughtUp();
      this.#owesCaughtUp = false;
    } catch (error) {
      this.#fault(error);
    }
  }

  #fault(error: unknown): void {
    this.settings.onFault(`the consumer ${this.consumer.group}`, error);
  }
}

/** Named after the topic: two installations on one cluster do not share their work. */
export function groupIdOf({ topic }: KafkaSettings, group: string): string {
  return `${topic}.${group}`;
}
