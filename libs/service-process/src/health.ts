import type { Consumer, EventLogServer, KafkaTransport, LogReader } from '@yizhan/event-log';
import { consumersProgress, type HealthCheck } from '@yizhan/http';
import { Metrics } from '@yizhan/observability';

/** What is asked of a process at `/health/live` and `/health/ready`. */
export interface Health {
  /** Wrong: start the process again. */
  readonly live: readonly HealthCheck[];
  /** Wrong: send it no requests for now. */
  readonly ready: readonly HealthCheck[];
}

/** Consumers that read the whole log get on. A log that cannot be read is no reason to start this process again. */
export function consumersMove(reader: LogReader, servers: readonly EventLogServer[]): HealthCheck {
  return consumersProgress(async () => {
    const head = await reader.head().catch(() => undefined);
    return servers.flatMap((server) => {
      const consumer = server.unwrap<Consumer | undefined>();
      return consumer ? [{ group: consumer.group, cursor: consumer.place, head: head ?? consumer.place }] : [];
    });
  });
}

/** Metrics that remember how many messages wait for each group. */
export class WatchedMetrics extends Metrics {
  readonly #lag = new Map<string, number>();

  override lag(group: string, events: number): void {
    super.lag(group, events);
    this.#lag.set(group, events);
  }

  lagOf(group: string): number {
    return this.#lag.get(group) ?? 0;
  }
}

/** Members of groups on Kafka take messages where some wait for them. */
export function membersMove(transport: KafkaTransport, metrics: WatchedMetrics): HealthCheck {
  return consumersProgress(async () =>
    transport.progress.map(({ group, moves }) => ({ group, cursor: moves, head: moves + metrics.lagOf(group) })),
  );
}

/** Fails from the moment when the process has been told to stop, so that nobody sends it anything new. */
export function isStaying(isGoing: () => boolean): HealthCheck {
  return { name: 'process', check: () => (isGoing() ? { ok: false, detail: 'going down' } : { ok: true }) };
}
