import type { Admin } from 'kafkajs';
import { createKafka } from './kafka-client.js';
import { groupIdOf, type MemberProgress } from './group-member.js';
import type { KafkaSettings } from './kafka-settings.js';
import type { EventLogTelemetry } from '../telemetry.js';

interface Watched {
  readonly progress: MemberProgress;
  readonly telemetry: EventLogTelemetry;
}

interface Told {
  readonly onFault: (where: string, error: unknown) => void;
  readonly onDead: (reason: string) => void;
}

interface Standing {
  moves: number;
  since: number;
}

const lookEvery = 5_000;
/** Messages lie there and none is taken for so long. */
const standsStillFor = 30_000;
/** The brokers answer, but the group has not let this process in for so long. */
const outsideFor = 60_000;

/**
 * Looks whether consumers get on. kafkajs can stop for good while its process lives on: what counts is progress, not
 * that the process is up. Brokers that do not answer are no reason to start anew.
 */
export class Watchdog {
  #admin: Admin | undefined;
  #timer: NodeJS.Timeout | undefined;
  #look: Promise<void> = Promise.resolve();
  #isLooking = false;
  readonly #standing = new Map<string, Standing>();

  constructor(
    private readonly kafka: KafkaSettings,
    private readonly members: () => readonly Watched[],
    private readonly told: Told,
  ) {}

  start(): void {
    this.#timer ??= setInterval(() => {
      // Brokers that are frozen take longer to say nothing than the pause between two looks.
      if (this.#isLooking) return;
      this.#isLooking = true;
      this.#look = this.#lookAround().finally(() => (this.#isLooking = false));
    }, lookEvery);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    await this.#look;
    await this.#dropAdmin();
  }

  async #lookAround(): Promise<void> {
    for (const { progress, telemetry } of this.members()) {
      const lag = await this.#lagOf(progress);
      if (lag !== undefined) telemetry.lag?.(progress.group, lag);
      this.#judge(progress, lag);
    }
  }

  #judge({ group, isMember, moves }: MemberProgress, lag: number | undefined): void {
    const now = performance.now();
    const standing = this.#standing.get(group);
    if (!standing || standing.moves !== moves || (isMember && lag === 0) || lag === undefined) {
      this.#standing.set(group, { moves, since: now });
      return;
    }
    const stoodFor = now - standing.since;
    if (isMember && stoodFor > standsStillFor) {
      this.told.onDead(`the consumer ${group} has taken nothing for 30 s, and ${lag} messages wait`);
    } else if (!isMember && stoodFor > outsideFor) {
      this.told.onDead(`the consumer ${group} has been outside of its group for 60 s`);
    }
  }

  /** Messages that wait in the partitions of a member; undefined where the brokers do not say. */
  async #lagOf({ group, own, next }: MemberProgress): Promise<number | undefined> {
    const { topic } = this.kafka;
    try {
      const admin = (this.#admin ??= await this.#connect());
      const ends = await admin.fetchTopicOffsets(topic);
      // Where nothing was taken yet, the group's place counts; where it has none, it begins at the first message.
      const isKnown = [...own].every((partition) => next.has(partition));
      const groupId = groupIdOf(this.kafka, group);
      const committed = isKnown ? [] : (await admin.fetchOffsets({ groupId, topics: [topic] }))[0]?.partitions;
      const places = new Map(committed?.map(({ partition, offset }) => [partition, Number(offset)]));
      return ends
        .filter(({ partition }) => own.has(partition))
        .map(
          ({ partition, low, high }) =>
            Number(high) - Math.max(next.get(partition) ?? places.get(partition) ?? 0, Number(low)),
        )
        .reduce((sum, waiting) => sum + Math.max(0, waiting), 0);
    } catch (error) {
      this.told.onFault('looking at the topic', error);
      await this.#dropAdmin();
      return undefined;
    }
  }

  async #connect(): Promise<Admin> {
    const kafka = createKafka(this.kafka, (line) => this.told.onFault('Kafka', new Error(line)), { retries: 1 });
    const admin = kafka.admin();
    await admin.connect();
    return admin;
  }

  async #dropAdmin(): Promise<void> {
    const admin = this.#admin;
    this.#admin = undefined;
    await admin?.disconnect().catch((error: unknown) => this.told.onFault('leaving Kafka', error));
  }
}
