import type { EventLogServer } from '@yizhan/event-log';
import { consumersProgress, databaseAnswers, migrationsFit } from '@yizhan/http';
import type { Connection, Database } from '@yizhan/persistence';
import { consumersMove, type Health } from '@yizhan/service-process';
import { allMigrations } from './migrations.js';
import type { Services } from './services.js';

interface Progress {
  readonly group: string;
  readonly cursor: number;
  readonly head: number;
}

/** Alive means that events are handled; ready, that a request can be. */
export function healthOf(services: Services, servers: readonly EventLogServer[], owner: Connection): Health {
  return {
    live: [
      consumersMove(services.reader, servers),
      { ...consumersProgress(() => sequencerProgress(services.log)), name: 'sequencer' },
    ],
    ready: [databaseAnswers(services.portsOf('station').database), migrationsFit(owner, allMigrations)],
  };
}

/** What is committed and has no position yet shows in the outbox alone: the head of the log stands still with the sequencer. */
async function sequencerProgress(log: Database): Promise<Progress[]> {
  // A database that is away is no reason to start this process again.
  const rows = await log.rows<{ cursor: number; head: number }>(readSequencer).catch(() => [{ cursor: 0, head: 0 }]);
  return rows.map((row) => ({ group: 'sequencer', ...row }));
}

const readSequencer = `
  SELECT outbox_id AS cursor, coalesce((SELECT max(id) FROM event_log.outbox), 0) AS head FROM event_log.sequencer`;
