import { Problem } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import { ParkedEvents } from './parked-events.js';
import { longestList, type Stretch } from './parked-records.js';

/** An event that a person has taken out of a group's way: it never had its effect there. It stays in the log. */
export interface DiscardedEvent {
  readonly group: string;
  readonly position: number;
  readonly partitionKey: string;
  readonly subject: string;
  readonly type: string;
  /** The whole CloudEvent as JSON. */
  readonly document: string;
  /** What the last attempt had met; null where there was none. */
  readonly error: string | null;
  readonly reason: string;
  /** Subject of the token, or `cli:` and the name on the machine. */
  readonly discardedBy: string;
  /** Epoch milliseconds. */
  readonly discardedAt: number;
}

/** Why, who and when (epoch milliseconds). */
export interface Discard {
  readonly reason: string;
  readonly by: string;
  readonly at: number;
}

const columns = `consumer_group AS "group", position, partition_key AS "partitionKey", subject, type, document, error,
  reason, discarded_by AS "discardedBy", discarded_at AS "discardedAt"`;

/** Takes parked events of one service out of the way for good, and remembers why. */
export class DiscardedEvents {
  readonly #parked: ParkedEvents;

  constructor(
    private readonly database: Database,
    private readonly schema: string,
  ) {
    this.#parked = new ParkedEvents(database, schema);
  }

  /**
   * Discards the first parked event of its subject; the later ones go on by themselves within a second. Said again with
   * the same reason by the same person, it gives the same answer.
   * @throws Problem `PARKED_EVENT.NOT_FOUND`, `PARKED_EVENT.NOT_FIRST` that names the one to go before it, or
   * `PARKED_EVENT.DISCARDED_ALREADY`.
   */
  async discard(group: string, position: number, { reason, by, at }: Discard): Promise<DiscardedEvent> {
    // One statement, one transaction. A group that is rebuilt from the first event may have parked again what was discarded.
    const [discarded] = await this.database.rows<DiscardedEvent>(
      `WITH gone AS (
         DELETE FROM ${this.schema}.parked_events p WHERE p.consumer_group = $1 AND p.position = $2
           AND NOT EXISTS (SELECT 1 FROM ${this.schema}.parked_events o
                           WHERE o.consumer_group = $1 AND o.partition_key = p.partition_key AND o.subject = p.subject
                             AND o.position < $2)
         RETURNING p.*
       )
       INSERT INTO ${this.#table} AS d (consumer_group, position, partition_key, subject, type, document, error,
                                        reason, discarded_by, discarded_at)
       SELECT consumer_group, position, partition_key, subject, type, document, error, $3, $4, $5 FROM gone
       ON CONFLICT (consumer_group, position) DO UPDATE
         SET error = EXCLUDED.error, reason = EXCLUDED.reason, discarded_by = EXCLUDED.discarded_by,
             discarded_at = EXCLUDED.discarded_at
       RETURNING ${columns}`,
      [group, position, reason, by, at],
    );
    return discarded ?? this.#saidBefore(group, position, { reason, by });
  }

  /** Discarded events in the order of the log. */
  list(group: string, { after = 0, limit = longestList }: Stretch = {}): Promise<DiscardedEvent[]> {
    return this.database.rows<DiscardedEvent>(
      `SELECT ${columns} FROM ${this.#table} WHERE consumer_group = $1 AND position > $2 ORDER BY position LIMIT $3`,
      [group, after, limit],
    );
  }

  async #saidBefore(group: string, position: number, { reason, by }: Omit<Discard, 'at'>): Promise<DiscardedEvent> {
    const [before] = await this.list(group, { after: position - 1, limit: 1 });
    const problem = await this.#parked.whyNot(group, position);
    if (before?.position !== position || problem.kind !== 'not_found') throw problem;
    if (before.reason === reason && before.discardedBy === by) return before;
    const message = `event ${position} was discarded by ${before.discardedBy} already: ${before.reason}`;
    throw new Problem('conflict', 'PARKED_EVENT.DISCARDED_ALREADY', message, { position });
  }

  get #table(): string {
    return `${this.schema}.discarded_events`;
  }
}
