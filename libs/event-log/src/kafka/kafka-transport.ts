import type { Consumer } from '../consumer.js';
import type { EventTransport } from '../event-transport.js';
import type { LogReader } from '../log-reader.js';
import { GroupMember, type MemberProgress } from './group-member.js';
import type { KafkaSettings } from './kafka-settings.js';
import { Watchdog } from './watchdog.js';

export interface KafkaTransportSettings {
  readonly kafka: KafkaSettings;
  /** Of the service's role: what Kafka has left out is taken from the log. */
  readonly reader: LogReader;
  /** Told of faults that are waited out, such as a broker that is away. */
  readonly onFault: (where: string, error: unknown) => void;
  /** Nothing moves any more and nothing will by itself: the process has to end, so that it is started again. */
  readonly onDead: (reason: string) => void;
  /** Whether consumers are told by themselves that the head is reached; not where one moves step by step. */
  readonly tellsCaughtUp?: boolean;
  /** Where no broker answers yet: consumers join when this resolves, or not at all where `leaving` is aborted before. */
  readonly joinsAfter?: (leaving: AbortSignal) => Promise<void>;
}

/** A consumer that waits for the first broker. */
interface Joining {
  readonly leaving: AbortController;
  readonly ended: Promise<void>;
}

/**
 * Consumers read Apache Kafka: each is a member of its consumer group and owns the areas of its partitions. Offsets only
 * say where to read on; what has had its effect is known by position, and what is missing is taken from the log, so that
 * Kafka may lose, repeat, or be wiped and refilled.
 */
export class KafkaTransport implements EventTransport {
  readonly #members = new Map<Consumer, GroupMember>();
  readonly #joining = new Map<Consumer, Joining>();
  readonly #watchdog: Watchdog;

  constructor(private readonly settings: KafkaTransportSettings) {
    this.#watchdog = new Watchdog(settings.kafka, () => [...this.#members.values()], settings);
  }

  async subscribe(consumer: Consumer): Promise<void> {
    const member = new GroupMember(consumer, this.settings);
    this.#members.set(consumer, member);
    if (this.settings.joinsAfter) this.#joining.set(consumer, this.#joinAfter(this.settings.joinsAfter, member));
    else await this.#join(member);
  }

  async unsubscribe(consumer: Consumer): Promise<void> {
    const member = this.#members.get(consumer);
    if (!member) return;
    this.#members.delete(consumer);
    const joining = this.#joining.get(consumer);
    this.#joining.delete(consumer);
    joining?.leaving.abort();
    await joining?.ended;
    await member.leave();
    if (this.#members.size === 0) await this.#watchdog.stop();
  }

  async #join(member: GroupMember): Promise<void> {
    await member.join();
    this.#watchdog.start();
  }

  #joinAfter(joinsAfter: NonNullable<KafkaTransportSettings['joinsAfter']>, member: GroupMember): Joining {
    const leaving = new AbortController();
    const ended = joinsAfter(leaving.signal)
      .then(() => (leaving.signal.aborted ? undefined : this.#join(member)))
      .catch((error: unknown) => {
        if (!leaving.signal.aborted) this.settings.onDead(error instanceof Error ? error.message : String(error));
      });
    return { leaving, ended };
  }

  /** How far each consumer is. */
  get progress(): readonly MemberProgress[] {
    return [...this.#members.values()].map((member) => member.progress);
  }
}
