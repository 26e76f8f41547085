import { setTimeout as pause } from 'node:timers/promises';
import type { YizhanEvent } from '@yizhan/contracts';
import { type Connection, ownerRole, servicePlaces } from '@yizhan/persistence';
import { Client } from 'pg';
import { countedTypes, countOf } from '../../../apps/command-centre/src/throughput/count.js';
import { verifyExport } from '../../../apps/yizhan/src/verify/verify.js';
import { lostAndDoubled } from './lost-and-doubled.js';

/** What a log and the read models made of it come to, once nothing moves any more. */
export interface Findings {
  readonly events: number;
  /** Broken rules of the contract, by what `verify` says of them. */
  readonly brokenRules: readonly string[];
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Figures of the command centre that are not what the export adds up to. */
  readonly wrongFigures: readonly string[];
  /** Parked and quarantined events, by group. */
  readonly setAside: readonly string[];
}

const patience = 120_000;

/** Looks at the database of a cluster from outside, as its owner. */
export class ClusterDatabase {
  constructor(private readonly connection: Connection) {}

  /** Waits until everything that is committed is in the log, published, and taken by every consumer. @throws where it never is. */
  async settled(): Promise<void> {
    const end = performance.now() + patience;
    for (;;) {
      const behind = await this.#behind().catch((error: unknown) => [String(error)]);
      if (behind.length === 0) return;
      if (performance.now() > end) throw new Error(`it does not come to rest: ${behind.join('; ')}`);
      await pause(250);
    }
  }

  /** Everything that can be found wrong; `acknowledged` are the keys of requests that were answered with a success. */
  async findings(acknowledged: ReadonlySet<string>): Promise<Findings> {
    await this.settled();
    const documents = await this.documents();
    const events = documents.map((text) => JSON.parse(text) as YizhanEvent);
    const { form, rules } = await verifyExport(asLines(documents));
    const broken = [form, ...rules].filter(({ violations }) => violations > 0);
    return {
      events: events.length,
      brokenRules: broken.map(({ rule, violations, first }) => `${rule}: ${violations}, first ${first?.message ?? ''}`),
      ...lostAndDoubled(events, acknowledged),
      wrongFigures: difference(figuresOf(events), await this.#figures()),
      setAside: await this.#setAside(),
    };
  }

  /** The documents of the whole log, in order. */
  async documents(): Promise<string[]> {
    const rows = await this.rows<{ document: string }>('SELECT document FROM event_log.entries ORDER BY position');
    return rows.map(({ document }) => document);
  }

  async rows<T extends object>(sql: string): Promise<T[]> {
    const client = new Client({ ...this.connection, user: ownerRole });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** What is still to be sequenced, published or taken, what is under way, and the last events of each area. */
  async standing(): Promise<string[]> {
    const underWay = await this.rows<{ line: string }>(statementsUnderWay);
    const last = await this.rows<{ line: string }>(lastEvents);
    return [...(await this.#behind()), ...[...underWay, ...last].map(({ line }) => line)];
  }

  async #behind(): Promise<string[]> {
    const rows = await this.rows<{ what: string }>(behind);
    return rows.map(({ what }) => what);
  }

  async #figures(): Promise<string[]> {
    const rows = await this.rows<{ line: string }>(
      `SELECT concat_ws('|', extract(epoch FROM hour)::bigint * 1000, area_code, station_code, figure, split, count) AS line
       FROM command_centre.throughput`,
    );
    return rows.map(({ line }) => line).toSorted();
  }

  async #setAside(): Promise<string[]> {
    const schemas = [servicePlaces.station, servicePlaces.scheduler, servicePlaces.commandCentre];
    const all = schemas.map(
      ({ schema }) => `
        SELECT consumer_group || ': ' || subject || ' ' || coalesce(error, 'behind another') AS line FROM ${schema}.parked_events
        UNION ALL SELECT consumer_group || ': ' || place || ' ' || reason FROM ${schema}.quarantined`,
    );
    return (await this.rows<{ line: string }>(all.join(' UNION ALL '))).map(({ line }) => line);
  }
}

const heads = '(SELECT partition_key, max(position) AS position FROM event_log.entries GROUP BY partition_key) h';

const takenBy = (schema: string, group: string): string => `
  SELECT '${group} has not taken ' || h.partition_key || ' up to ' || h.position AS what
  FROM ${heads} LEFT JOIN ${schema}.consumed c ON c.consumer_group = '${group}' AND c.partition_key = h.partition_key
  WHERE coalesce(c.position, 0) < h.position`;

const behind = `
  SELECT 'the outbox is not empty' AS what FROM event_log.sequencer s
  WHERE EXISTS (SELECT FROM event_log.outbox o WHERE o.id > s.outbox_id)
  UNION ALL SELECT 'published up to ' || p.position || ' of ' || s.position FROM event_log.published p, event_log.sequencer s
  WHERE p.position < s.position
  UNION ALL ${takenBy('station', 'station')}
  UNION ALL ${takenBy('command_centre', 'command-centre')}`;

const statementsUnderWay = `
  SELECT concat_ws(' ', usename, state, wait_event_type, wait_event, now() - xact_start, left(query, 120)) AS line
  FROM pg_stat_activity WHERE backend_type = 'client backend' AND state <> 'idle' AND pid <> pg_backend_pid()`;

const lastEvents = `
  SELECT e.line FROM ${heads} CROSS JOIN LATERAL (
    SELECT concat_ws(' ', position, h.partition_key, document::jsonb ->> 'time', document::jsonb ->> 'type', document::jsonb ->> 'subject') AS line
    FROM event_log.entries WHERE partition_key = h.partition_key ORDER BY position DESC LIMIT 12) e`;

function figuresOf(events: readonly YizhanEvent[]): string[] {
  const counts = new Map<string, number>();
  for (const event of events) {
    if (!countedTypes.includes(event.type)) continue;
    const { hour, areaCode, stationCode, figure, split } = countOf(event);
    const line = [hour, areaCode, stationCode, figure, split].join('|');
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].map(([line, count]) => `${line}|${count}`).toSorted();
}

function difference(expected: readonly string[], found: readonly string[]): string[] {
  return [
    ...expected.filter((line) => !found.includes(line)).map((line) => `missing ${line}`),
    ...found.filter((line) => !expected.includes(line)).map((line) => `wrong ${line}`),
  ];
}

async function* asLines(documents: readonly string[]): AsyncGenerator<string> {
  yield* documents;
}
