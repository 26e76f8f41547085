import type { Consumer, EventLogServer } from '@yizhan/event-log';
import { consumersProgress, databaseAnswers, type HealthCheck, migrationsFit } from '@yizhan/http';
import type { Connection } from '@yizhan/persistence';
import { allMigrations } from './migrations.js';
import type { Services } from './services.js';

export interface Health {
  readonly live: readonly HealthCheck[];
  readonly ready: readonly HealthCheck[];
}

/** Alive means that events are handled; ready, that a request can be. */
export function healthOf(services: Services, servers: readonly EventLogServer[], owner: Connection): Health {
  const progress = async (): Promise<{ group: string; cursor: number; head: number }[]> => {
    // A database that is away is no reason to start this process again.
    const head = await services.reader.head().catch(() => undefined);
    if (head === undefined) return [];
    return servers.flatMap((server) => {
      const consumer = server.unwrap<Consumer | undefined>();
      return consumer ? [{ group: consumer.group, cursor: consumer.cursor, head }] : [];
    });
  };
  return {
    live: [consumersProgress(progress)],
    ready: [databaseAnswers(services.station.database), migrationsFit(owner, allMigrations)],
  };
}
