import type { Consumer, EventLogServer } from '@yizhan/event-log';
import { consumersProgress, databaseAnswers, type HealthCheck, migrationsFit } from '@yizhan/http';
import type { Connection, Database } from '@yizhan/persistence';
import { allMigrations } from './migrations.js';
import type { Services } from './services.js';

interface Progress {
  readonly group: string;
  readonly cursor: number;
  readonly head: number;
}

export interface Health {
  readonly live: readonly HealthCheck[];
  readonly ready: readonly HealthCheck[];
}

/** Alive means that events are handled; ready, that a request can be. */
export function healthOf(services: Services, servers: readonly EventLogServer[], owner: Connection): Health {
  const progress = async (): Promise<Progress[]> => {
    // A database that is away is no reason to start this process again.
    const head = await services.reader.head().catch(() => undefined);
    if (head === undefined) return [];
    return servers.flatMap((server) => {
      const consumer = server.unwrap<Consumer | undefined>();
      return consumer ? [{ group: consumer.group, cursor: consumer.cursor, head }] : [];
    });
  };
  return {
    live: [
      consumersProgress(progress),
      { ...consumersProgress(() => sequencerProgress(services.log)), name: 'sequencer' },
    ],
    ready: [databaseAnswers(services.station.database), migrationsFit(owner, allMigrations)],
  };
}

/** What is committed and has no position yet shows in the outbox alone: the head of the log stands still with the sequencer. */
async function sequencerProgress(log: Database): Promise<Progress[]> {
  const rows = await log.rows<{ cursor: number; head: number }>(readSequencer).catch(() => []);
  return rows.map((row) => ({ group: 'sequencer', ...row }));
}

const readSequencer = `
  SELECT outbox_id AS cursor, coalesce((SELECT max(id) FROM event_log.outbox), 0) AS head FROM event_log.sequencer`;
