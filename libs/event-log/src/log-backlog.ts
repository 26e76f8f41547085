import type { Database } from '@yizhan/persistence';

/** What is committed and has not gone on its way. Instants are epoch milliseconds, null where nothing waits. */
export interface Backlog {
  /** Rows of the outbox that have no position in the log. */
  readonly outboxRows: number;
  /** When the first of them was recorded. */
  readonly oldestInOutbox: number | null;
  /** When the first entry was recorded that Kafka has not acknowledged. */
  readonly oldestUnpublished: number | null;
}

/** Reads how far the sequencer and the publisher lie behind; for metrics, as the sequencer's role. */
export class LogBacklog {
  constructor(private readonly database: Database) {}

  async read(): Promise<Backlog> {
    const [row] = await this.database.rows<Backlog>(readBacklog);
    return row ?? { outboxRows: 0, oldestInOutbox: null, oldestUnpublished: null };
  }
}

const readBacklog = `
  WITH place AS (SELECT outbox_id, gaps FROM event_log.sequencer),
  waiting AS (
    SELECT o.id FROM event_log.outbox o WHERE o.id > (SELECT outbox_id FROM place)
    UNION ALL
    SELECT o.id FROM event_log.outbox o
    WHERE o.id IN (SELECT (g->>'id')::bigint FROM place, jsonb_array_elements(place.gaps) g)
  )
  SELECT (SELECT count(*) FROM waiting) AS "outboxRows",
         (SELECT (o.event::json->>'recordedtime')::timestamptz FROM event_log.outbox o
          WHERE o.id = (SELECT min(id) FROM waiting)) AS "oldestInOutbox",
         (SELECT e.recorded_at FROM event_log.entries e
          WHERE e.position > (SELECT position FROM event_log.published) ORDER BY e.position LIMIT 1) AS "oldestUnpublished"`;
