import type { Database } from '@yizhan/persistence';

/** One event that waits for a person, a retry, or for the one before it. */
export interface ParkedEvent {
  readonly group: string;
  readonly position: number;
  readonly subject: string;
  readonly type: string;
  readonly state: 'waiting' | 'retrying' | 'parked' | 'released';
  readonly attempts: number;
  readonly error: string | null;
}

/** What an administrator may do with the parked events of one service. The consumer sees a release within a second. */
export class ParkedEvents {
  constructor(
    private readonly database: Database,
    private readonly schema: string,
  ) {}

  /** Parked events in order of the log, at most 1,000. */
  async list(): Promise<readonly ParkedEvent[]> {
    return this.database.rows<ParkedEvent>(
      `SELECT consumer_group AS "group", position, subject, type, state, attempts, error
       FROM ${this.schema}.parked_events ORDER BY position LIMIT 1000`,
    );
  }

  /** Lets a subject be tried again at once, from its first parked event on. @returns how many events that sets going. */
  async release(group: string, subject: string): Promise<number> {
    await this.database.rows(
      `UPDATE ${this.schema}.parked_events SET state = 'released', attempts = 0, next_attempt_at = 0
       WHERE consumer_group = $1 AND position =
         (SELECT min(position) FROM ${this.schema}.parked_events WHERE consumer_group = $1 AND subject = $2)`,
      [group, subject],
    );
    const [row] = await this.database.rows<{ behind: number }>(
      `SELECT count(*) AS behind FROM ${this.schema}.parked_events WHERE consumer_group = $1 AND subject = $2`,
      [group, subject],
    );
    return row?.behind ?? 0;
  }
}
