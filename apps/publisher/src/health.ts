import type { KafkaPublisher } from '@yizhan/event-log';
import { consumersProgress, databaseAnswers } from '@yizhan/http';
import type { Database } from '@yizhan/persistence';
import { type Health, isStaying } from '@yizhan/service-process';
import type { BrokerWatch } from './broker-watch.js';

export interface PublisherParts {
  readonly publisher: KafkaPublisher;
  /** As the sequencer's role. */
  readonly database: Database;
  readonly brokers: BrokerWatch;
  readonly isGoing: () => boolean;
}

interface Place {
  readonly taken: number;
  readonly committed: number;
  readonly head: number;
}

/** Alive means that what is committed gets on; ready, that it could: one that stands by is as ready as the active one. */
export function healthOf({ publisher, database, brokers, isGoing }: PublisherParts): Health {
  const progress = async () => {
    const { isActive, published } = publisher.progress;
    const place = isActive && brokers.verdict.ok ? await readPlace(database) : undefined;
    // One that stands by, and one whose database or brokers are away, has nothing to do that a new start would bring on.
    const { taken = 0, committed = 0, head = published } = place ?? {};
    return [
      { group: 'sequencing', cursor: taken, head: committed },
      { group: 'publishing', cursor: published, head },
    ];
  };
  return {
    live: [{ ...consumersProgress(progress), name: 'publisher' }],
    ready: [
      isStaying(isGoing),
      databaseAnswers(database),
      { name: 'brokers', check: () => brokers.verdict },
      {
        name: 'publisher',
        check: () => ({ ok: true, detail: publisher.progress.isActive ? 'active' : 'standing by' }),
      },
    ],
  };
}

async function readPlace(database: Database): Promise<Place | undefined> {
  const rows = await database.rows<Place>(place).catch(() => []);
  return rows[0];
}

const place = `
  SELECT outbox_id AS taken, coalesce((SELECT max(id) FROM event_log.outbox), 0) AS committed, position AS head
  FROM event_log.sequencer`;
