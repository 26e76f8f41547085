import { createHash } from 'node:crypto';
import type { YizhanEvent } from '@yizhan/contracts';
import type { Database, Transaction } from '@yizhan/persistence';
import type { Bell } from './bell.js';
import { canonicalJson } from './canonical-json.js';
import type { RecentEntries } from './log-entry.js';
import { logChannel } from './notifications.js';

/** An outbox id that was passed over because its row was not visible: it appears, or its transaction is known to have ended. */
interface Gap {
  readonly id: number;
  /**
   * Every transaction that could own the id is older than this one: the id of the first pass after the one that passed
   * it over. A snapshot's own upper bound would not do, transactions above it may be running.
   */
  readonly before?: number;
}

interface Place {
  position: number;
  outboxId: number;
  gaps: Gap[];
}

interface Head {
  readonly position: number;
  readonly hash: string;
}

/** With the place; the id is null where nothing is left. */
interface OutboxRow {
  readonly position: number;
  readonly outbox_id: number;
  readonly gaps: Gap[];
  readonly id: number | null;
  readonly subject: string;
  readonly sequence: number;
  readonly event: string;
  readonly oldest_open: string;
  readonly own: string;
}

/** An entry as it was just written. */
export interface SequencedEntry {
  readonly position: number;
  readonly event: YizhanEvent;
  /** The event's canonical JSON. */
  readonly document: string;
}

export interface SequencerSettings {
  /** Rings the bell of other processes with each commit; of no use where all readers are in this one. */
  readonly notifies?: boolean;
  /** Rung when entries were added, for readers in this process. */
  readonly bell?: Bell;
}

/** Most rows that one pass takes. */
export const sequencerBatch = 500;
const firstHead: Head = { position: 0, hash: '0'.repeat(64) };
const partitionSize = 1_000_000;
const deleteEvery = 2_000;

/**
 * Gives committed outbox rows their dense position. Reads past ids that are not visible yet and looks them up again,
 * so that one long transaction neither stops the log nor is lost. Fenced by the lock on its own row: two sequencers
 * take turns and never number twice.
 */
export class Sequencer {
  #heads = new Map<string, Head>();
  #headsAt = -1;
  #partitionsUpTo = -1;
  #sinceDelete = 0;

  constructor(
    private readonly database: Database,
    private readonly recent: RecentEntries,
    private readonly settings: SequencerSettings = {},
  ) {}

  /** Sequences what is committed now, at most 500 rows. @returns how many entries were added. */
  async pass(): Promise<number> {
    return (await this.sequence()).length;
  }

  /**
   * As `pass`. @param early told of the entries before they are committed, where they can only ever become these: whatever
   * happens to this pass, the next one gives the same rows the same documents. Told again where the transaction is.
   * @returns the entries that were added.
   */
  async sequence(early?: (entries: readonly SequencedEntry[]) => void): Promise<readonly SequencedEntry[]> {
    const { before, added } = await this.database.transaction((tx) => this.#pass(tx, early));
    this.recent.confirmHead(before);
    this.recent.push(added.map(({ position, event }) => ({ position, event })));
    if (added.length > 0) this.settings.bell?.ring();
    return added;
  }

  async #pass(
    tx: Transaction,
    early?: (entries: readonly SequencedEntry[]) => void,
  ): Promise<{ before: number; added: readonly SequencedEntry[] }> {
    const rows = await tx.rows<OutboxRow>(lockAndRead);
    const [stored] = rows;
    if (!stored) throw new Error('event_log.sequencer has lost its row: run yizhan doctor');
    const place: Place = { position: stored.position, outboxId: stored.outbox_id, gaps: stored.gaps };
    const found = rows.filter((row) => row.id !== null);
    const gaps = remainingGaps(place, rows);
    if (found.length === 0 && isSame(gaps, place.gaps)) return { before: place.position, added: [] };
    await this.#loadHeads(tx, place.position);
    // Until the store succeeds the heads in memory are ahead of the table.
    this.#headsAt = -1;
    await this.#ensurePartitions(tx, place.position + found.length);
    const entries = found.map((row, index) => this.#entry(row, place.position + index + 1));
    const outboxId = found.reduce((highest, row) => Math.max(highest, row.id ?? 0), place.outboxId);
    // Where no id was passed over these rows can only ever be numbered like this (ADR 27).
    const isCertain = gaps.length === 0 && place.gaps.length === 0;
    if (isCertain) early?.(entries);
    this.#store(tx, entries, { position: place.position + entries.length, outboxId, gaps }, isCertain);
    return { before: place.position, added: entries };
  }

  #entry(row: OutboxRow, position: number): SequencedEntry {
    const stated = JSON.parse(row.event) as YizhanEvent;
    const head = this.#heads.get(stated.partitionkey) ?? firstHead;
    const event: YizhanEvent = {
      ...stated,
      sequence: String(row.sequence),
      position: String(position),
      previous: String(head.position),
      prevhash: head.hash,
    };
    const document = canonicalJson(event);
    this.#heads.set(stated.partitionkey, { position, hash: createHash('sha256').update(document).digest('hex') });
    return { position, event, document };
  }

  /** @param isCertain whether nobody need wait for the disk: were the commit lost, the next pass would make it again. */
  #store(tx: Transaction, entries: readonly SequencedEntry[], place: Place, isCertain: boolean): void {
    const keys = [...new Set(entries.map(({ event }) => event.partitionkey))];
    const heads = keys.map((key) => ({ partition_key: key, ...(this.#heads.get(key) ?? firstHead) }));
    tx.last(storePass, [
      JSON.stringify(entries.map(columnsOf)),
      JSON.stringify(heads),
      place.position,
      place.outboxId,
      JSON.stringify(place.gaps),
      isCertain,
      this.settings.notifies ?? false,
    ]);
    this.#sinceDelete += entries.length;
    if (this.#sinceDelete >= deleteEvery) {
      this.#sinceDelete = 0;
      const done = Math.min(place.outboxId, ...place.gaps.map((gap) => gap.id - 1));
      tx.last('DELETE FROM event_log.outbox WHERE id <= $1', [done]);
    }
    tx.onCommit(() => (this.#headsAt = place.position));
  }

  async #loadHeads(tx: Transaction, position: number): Promise<void> {
    if (this.#headsAt === position) return;
    const rows = await tx.rows<{ partition_key: string; position: number; hash: string }>(
      'SELECT partition_key, position, hash FROM event_log.heads',
    );
    this.#heads = new Map(rows.map((row) => [row.partition_key, { position: row.position, hash: row.hash }]));
    this.#headsAt = position;
  }

  async #ensurePartitions(tx: Transaction, position: number): Promise<void> {
    const partition = Math.floor(position / partitionSize);
    if (partition <= this.#partitionsUpTo) return;
    await tx.rows('SELECT event_log.ensure_partitions($1)', [position]);
    this.#partitionsUpTo = partition;
  }
}

/**
 * One statement, as every round trip is on the way of every event. Where it waited for the lock, the place is the newest and
 * the rows are of a snapshot before it: what it does not see yet is passed over, and looked up again in the next pass.
 */
const lockAndRead = `
  SELECT place.position, place.outbox_id, place.gaps, found.id, found.subject, found.sequence, found.event,
         pg_snapshot_xmin(pg_current_snapshot())::text AS oldest_open,
         pg_current_xact_id()::text AS own
  FROM (SELECT position, outbox_id, gaps FROM event_log.sequencer FOR UPDATE) AS place
  LEFT JOIN LATERAL (
    (SELECT o.id, o.subject, o.sequence, o.event FROM event_log.outbox o
     WHERE o.id IN (SELECT (g->>'id')::bigint FROM jsonb_array_elements(place.gaps) g))
    UNION ALL
    (SELECT o.id, o.subject, o.sequence, o.event FROM event_log.outbox o
     WHERE o.id > place.outbox_id ORDER BY o.id LIMIT ${sequencerBatch})
  ) AS found ON true
  ORDER BY found.id`;

/** Everything that a pass writes, in one statement: what the publisher's process does meanwhile, Kafka's answer waits for. */
const storePass = `
  WITH added AS (
    INSERT INTO event_log.entries
      (position, event_id, type, subject, sequence, partition_key, correlation_id, recorded_at, document)
    SELECT position, event_id, type, subject, sequence, partition_key, correlation_id, recorded_at, document
    FROM json_to_recordset($1) AS e(position bigint, event_id uuid, type text, subject text, sequence bigint,
      partition_key text, correlation_id text, recorded_at timestamptz, document text)
  ), headed AS (
    INSERT INTO event_log.heads (partition_key, position, hash)
    SELECT partition_key, position, hash FROM json_to_recordset($2) AS h(partition_key text, position bigint, hash text)
    ON CONFLICT (partition_key) DO UPDATE SET position = EXCLUDED.position, hash = EXCLUDED.hash
  ), placed AS (
    UPDATE event_log.sequencer SET position = $3, outbox_id = $4, gaps = $5
  )
  SELECT CASE WHEN $6::boolean THEN set_config('synchronous_commit', 'off', true) END,
         CASE WHEN $7::boolean THEN pg_notify('${logChannel}', '') END`;

function columnsOf({ position, event, document }: SequencedEntry): object {
  return {
    position,
    event_id: event.id,
    type: event.type,
    subject: event.subject,
    sequence: event.sequence,
    partition_key: event.partitionkey,
    correlation_id: event.correlationid,
    recorded_at: event.recordedtime,
    document,
  };
}

/**
 * Old gaps that are still open, and the ids that this reading passed over. A gap is given up once every transaction below
 * its bound had ended when this reading's snapshot was taken, and its row was not in it.
 */
function remainingGaps(place: Place, rows: readonly OutboxRow[]): Gap[] {
  const oldestOpen = Number(rows[0]?.oldest_open ?? 0);
  const own = Number(rows[0]?.own ?? 0);
  const found = new Set(rows.filter((row) => row.id !== null).map((row) => row.id ?? 0));
  const gaps = place.gaps
    .filter(({ id }) => !found.has(id))
    .map(({ id, before = own }) => ({ id, before }))
    .filter(({ before }) => oldestOpen < before);
  const passedOver: Gap[] = [];
  let next = place.outboxId + 1;
  for (const id of [...found].filter((each) => each > place.outboxId).toSorted((a, b) => a - b)) {
    for (; next < id; next += 1) passedOver.push({ id: next });
    next = id + 1;
  }
  return [...gaps, ...passedOver];
}

function isSame(some: readonly Gap[], others: readonly Gap[]): boolean {
  return some.length === others.length && some.every(({ before }, index) => before === others[index]?.before);
}
