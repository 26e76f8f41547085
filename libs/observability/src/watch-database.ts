import { LogBacklog, ParkedEvents } from '@yizhan/event-log';
import type { Clock } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import type { Metrics } from './metrics.js';

/** Shows at every scrape how many events of a group are parked, by state. */
export function watchParked(
  metrics: Metrics,
  { group, database, schema }: { readonly group: string; readonly database: Database; readonly schema: string },
): void {
  const parked = new ParkedEvents(database, schema);
  metrics.readAtScrape('parkedEvents', async () =>
    Object.entries(await parked.countByState(group)).map(([state, value]) => ({ labels: { group, state }, value })),
  );
}

export interface BacklogSettings {
  /** As the sequencer's role. */
  readonly database: Database;
  readonly clock: Clock;
  /** Whether entries count as unpublished until Kafka has them; without Kafka they are there when they have a position. */
  readonly isOnKafka: boolean;
}

/** Shows at every scrape what is committed and has not gone on its way: for the process that sequences. */
export function watchBacklog(metrics: Metrics, { database, clock, isOnKafka }: BacklogSettings): void {
  const backlog = new LogBacklog(database);
  metrics.readAtScrape('outboxRows', async () => [{ labels: {}, value: (await backlog.read()).outboxRows }]);
  metrics.readAtScrape('oldestUnpublishedSeconds', async () => {
    const { oldestInOutbox, oldestUnpublished } = await backlog.read();
    const oldest = Math.min(oldestInOutbox ?? Infinity, (isOnKafka ? oldestUnpublished : null) ?? Infinity);
    const age = oldest === Infinity ? 0 : Math.max(0, clock.now() - oldest);
    return [{ labels: {}, value: age / 1000 }];
  });
}
