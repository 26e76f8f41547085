import { Problem } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import {
  longestList,
  type ParkedEvent,
  type ParkedEventDetail,
  type ParkedFilter,
  type ParkedState,
  parkedStates,
  type ParkedSummary,
  type Released,
  type Stretch,
  type SubjectEvent,
} from './parked-records.js';

const columns = `p.consumer_group AS "group", p.position, p.partition_key AS "partitionKey", p.subject, p.type, p.state,
  p.attempts, p.error, p.next_attempt_at AS "nextAttemptAt", p.parked_at AS "parkedAt"`;

/** A type is asked for as it is on the wire, or by its short name for every version. */
const isOfType = (type: string, asked: string): string =>
  `(${asked}::text IS NULL OR ${asked} IN (${type}, substring(${type} FROM '^yizhan[.](.+)[.]v[0-9]+$')))`;

/** Ids and numbers tell apart what has one cause; the version in `visit.arrived.v1` is none. */
const withoutIds = (error: string): string =>
  `left(regexp_replace(${error}, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{2,}|(?<![a-z])[0-9]', '…', 'gi'), 300)`;

/** What an administrator sees and releases of the parked events of one service. The consumer sees a release within a second. */
export class ParkedEvents {
  readonly #table: string;

  constructor(
    private readonly database: Database,
    private readonly schema: string,
  ) {
    this.#table = `${schema}.parked_events`;
  }

  /** Parked events in the order of the log. */
  async list(filter: ParkedFilter = {}, { after = 0, limit = longestList }: Stretch = {}): Promise<ParkedEvent[]> {
    return this.database.rows<ParkedEvent>(
      `SELECT ${columns} FROM ${this.#table} p
       WHERE ($1::text IS NULL OR p.consumer_group = $1) AND ${isOfType('p.type', '$2')}
         AND ($3::text IS NULL OR p.error ILIKE $3) AND ($4::text IS NULL OR p.state = $4)
         AND ($5::text IS NULL OR p.subject = $5) AND p.position > $6
       ORDER BY p.position, p.consumer_group LIMIT $7`,
      [
        filter.group ?? null,
        filter.type ?? null,
        patternOf(filter.error),
        filter.state ?? null,
        filter.subject ?? null,
        after,
        limit,
      ],
    );
  }

  /** The held up subjects by group, handler and error of their first event; the largest number of events first. */
  async summary(group?: string): Promise<ParkedSummary[]> {
    return this.database.rows<ParkedSummary>(
      `WITH firsts AS (
         SELECT DISTINCT ON (p.consumer_group, p.partition_key, p.subject) p.*,
                count(*) OVER (PARTITION BY p.consumer_group, p.partition_key, p.subject) AS events
         FROM ${this.#table} p WHERE $1::text IS NULL OR p.consumer_group = $1
         ORDER BY p.consumer_group, p.partition_key, p.subject, p.position
       )
       SELECT consumer_group AS "group", type, ${withoutIds('error')} AS error, count(*) AS subjects,
              count(*) FILTER (WHERE state = 'parked') AS "forPerson", sum(events)::bigint AS events,
              min(position) AS "oldestPosition", min(parked_at) AS "oldestParkedAt"
       FROM firsts GROUP BY 1, 2, 3 ORDER BY 6 DESC, 7`,
      [group ?? null],
    );
  }

  /** How many events of a group are in each state. */
  async countByState(group: string): Promise<Readonly<Record<ParkedState, number>>> {
    const rows = await this.database.rows<{ state: ParkedState; events: number }>(
      `SELECT state, count(*) AS events FROM ${this.#table} WHERE consumer_group = $1 GROUP BY state`,
      [group],
    );
    const none = Object.fromEntries(parkedStates.map((state) => [state, 0]));
    return { ...none, ...Object.fromEntries(rows.map(({ state, events }) => [state, events])) } as Record<
      ParkedState,
      number
    >;
  }

  /** @throws Problem `PARKED_EVENT.NOT_FOUND`. */
  async show(group: string, position: number): Promise<ParkedEventDetail> {
    const [found] = await this.database.rows<Omit<ParkedEventDetail, 'history'>>(
      `SELECT ${columns}, p.document,
              (SELECT min(o.position) FROM ${this.#table} o
               WHERE o.consumer_group = p.consumer_group AND o.partition_key = p.partition_key AND o.subject = p.subject) AS "firstOfSubject",
              (SELECT count(*) FROM ${this.#table} o
               WHERE o.consumer_group = p.consumer_group AND o.partition_key = p.partition_key AND o.subject = p.subject AND o.position > p.position) AS behind
       FROM ${this.#table} p WHERE p.consumer_group = $1 AND p.position = $2`,
      [group, position],
    );
    if (!found) throw notParked(group, position);
    return { ...found, history: await this.#history(group, found.subject) };
  }

  /** Lets a subject be tried again at once, from its first parked event on. @returns how many events that sets going. */
  async release(group: string, subject: string): Promise<number> {
    return (await this.#release(group, { subject })).events;
  }

  /**
   * The same by the position of its first parked event.
   * @throws Problem `PARKED_EVENT.NOT_FOUND`, or `PARKED_EVENT.NOT_FIRST` that names the one to go before it.
   */
  async releaseOne(group: string, position: number): Promise<Released> {
    const released = await this.#release(group, { position });
    if (released.events === 0) throw await this.whyNot(group, position);
    return released;
  }

  /** Lets every subject of the group go whose first event is as asked for. */
  releaseAll(group: string, { type, error }: Pick<ParkedFilter, 'type' | 'error'> = {}): Promise<Released> {
    return this.#release(group, { type, error });
  }

  /** Why an event is not the one that can be released or discarded now. */
  async whyNot(group: string, position: number): Promise<Problem> {
    const [found] = await this.database.rows<{ subject: string; first: number }>(
      `SELECT p.subject, (SELECT min(o.position) FROM ${this.#table} o
                          WHERE o.consumer_group = p.consumer_group AND o.partition_key = p.partition_key AND o.subject = p.subject) AS first
       FROM ${this.#table} p WHERE p.consumer_group = $1 AND p.position = $2`,
      [group, position],
    );
    if (!found) return notParked(group, position);
    const { subject, first } = found;
    const message =
      first < position
        ? `event ${position} of ${subject} waits behind event ${first}: release or discard that first`
        : `event ${position} of ${subject} has just become the first of its subject: ask again`;
    return new Problem('illegal_state', 'PARKED_EVENT.NOT_FIRST', message, { position, subject, firstPosition: first });
  }

  async #release(
    group: string,
    { subject, position, type, error }: ParkedFilter & { readonly position?: number },
  ): Promise<Released> {
    const [released = { subjects: 0, events: 0 }] = await this.database.rows<Released>(
      `WITH firsts AS (
         SELECT DISTINCT ON (partition_key, subject) subject, position, type, error FROM ${this.#table}
         WHERE consumer_group = $1 AND ($2::text IS NULL OR subject = $2) ORDER BY partition_key, subject, position
       ), released AS (
         UPDATE ${this.#table} p SET state = 'released', attempts = 0, next_attempt_at = 0 FROM firsts f
         WHERE p.consumer_group = $1 AND p.position = f.position AND ($3::bigint IS NULL OR f.position = $3)
           AND ${isOfType('f.type', '$4')} AND ($5::text IS NULL OR f.error ILIKE $5)
         RETURNING p.partition_key, p.subject
       )
       SELECT count(DISTINCT p.subject) AS subjects, count(*) AS events FROM ${this.#table} p
       WHERE p.consumer_group = $1 AND (p.partition_key, p.subject) IN (SELECT partition_key, subject FROM released)`,
      [group, subject ?? null, position ?? null, type ?? null, patternOf(error)],
    );
    return released;
  }

  #history(group: string, subject: string): Promise<SubjectEvent[]> {
    return this.database.rows<SubjectEvent>(
      `SELECT e.position, e.type, e.recorded_at AS "recordedAt",
              coalesce(p.state, CASE WHEN d.position IS NOT NULL THEN 'discarded' END) AS state
       FROM (SELECT position, type, recorded_at FROM event_log.entries
             WHERE subject = $2 ORDER BY sequence DESC LIMIT 50) e
       LEFT JOIN ${this.#table} p ON p.consumer_group = $1 AND p.position = e.position
       LEFT JOIN ${this.schema}.discarded_events d ON d.consumer_group = $1 AND d.position = e.position
       ORDER BY e.position`,
      [group, subject],
    );
  }
}

function notParked(group: string, position: number): Problem {
  return new Problem('not_found', 'PARKED_EVENT.NOT_FOUND', `no event ${position} is parked by ${group}`, { position });
}

/** A pattern of LIKE for a part of an error as a person gives it, or as a summary shows it. */
function patternOf(error: string | undefined): string | null {
  if (error === undefined) return null;
  return `%${error.replaceAll(/[\\%_]/g, String.raw`\$&`).replaceAll('…', '%')}%`;
}
