import { createHash } from 'node:crypto';
import type { YizhanEvent } from '@yizhan/contracts';
import type { Database, Transaction } from '@yizhan/persistence';
import type { Bell } from './bell.js';
import { canonicalJson } from './canonical-json.js';
import type { RecentEntries } from './log-entry.js';
import { lockAndRead, read, storePass, storePlainly } from './sequencer-statements.js';

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

/** With the place; the id is null where nothing is left. */
type PlainRow = Pick<OutboxRow, 'position' | 'outbox_id' | 'id' | 'subject' | 'sequence' | 'event'> & {
  readonly has_gaps: boolean;
};

interface Pass {
  /** The head before it. */
  readonly before: number;
  readonly added: readonly SequencedEntry[];
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
    const { before, added } =
      (await this.#plainPass(early)) ?? (await this.database.transaction((tx) => this.#pass(tx, early)));
    this.recent.confirmHead(before);
    this.recent.push(added.map(({ position, event }) => ({ position, event })));
    if (added.length > 0) this.settings.bell?.ring();
    return added;
  }

  /**
   * The usual case, where nobody else sequences and no id was passed over: one statement reads and one writes, without a lock
   * between them. Where another sequencer came first, nothing is written. @returns undefined where `#pass` is needed.
   */
  async #plainPass(early?: (entries: readonly SequencedEntry[]) => void): Promise<Pass | undefined> {
    if (this.#headsAt < 0) return undefined;
    const rows = await this.database.rows<PlainRow>(read);
    const [place] = rows;
    if (!place || place.has_gaps || place.position !== this.#headsAt) return undefined;
    if (place.id === null) return { before: place.position, added: [] };
    const [position, outboxId] = [place.position + rows.length, place.outbox_id + rows.length];
    const isDense = rows.at(-1)?.id === outboxId;
    if (!isDense || this.#mustDelete(rows.length) || !this.#hasPartition(position)) return undefined;
    // Until the store succeeds the heads in memory are ahead of the table.
    this.#headsAt = -1;
    const entries = rows.map((row, index) => this.#entry(row, place.position + index + 1));
    early?.(entries);
    const stored = await this.database.rows(storePlainly, [
      ...this.#columns(entries),
      position,
      outboxId,
      this.settings.notifies ?? false,
      place.position,
      place.outbox_id,
    ]);
    if (stored.length === 0) return undefined;
    this.#headsAt = position;
    this.#sinceDelete += rows.length;
    return { before: place.position, added: entries };
  }

  async #pass(tx: Transaction, early?: (entries: readonly SequencedEntry[]) => void): Promise<Pass> {
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

  #entry(row: Pick<OutboxRow, 'event' | 'sequence'>, position: number): SequencedEntry {
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
    tx.last(storePass, [
      ...this.#columns(entries),
      place.position,
      place.outboxId,
      JSON.stringify(place.gaps),
      isCertain,
      this.settings.notifies ?? false,
    ]);
    if (this.#mustDelete(entries.length)) {
      this.#sinceDelete = -entries.length;
      const done = Math.min(place.outboxId, ...place.gaps.map((gap) => gap.id - 1));
      tx.last('DELETE FROM event_log.outbox WHERE id <= $1', [done]);
    }
    this.#sinceDelete += entries.length;
    tx.onCommit(() => (this.#headsAt = place.position));
  }

  /** What both ways of storing begin with: the entries, and the heads of their keys. */
  #columns(entries: readonly SequencedEntry[]): [entries: string, heads: string] {
    const keys = [...new Set(entries.map(({ event }) => event.partitionkey))];
    const heads = keys.map((key) => ({ partition_key: key, ...(this.#heads.get(key) ?? firstHead) }));
    return [JSON.stringify(entries.map(columnsOf)), JSON.stringify(heads)];
  }

  #mustDelete(more: number): boolean {
    return this.#sinceDelete + more >= deleteEvery;
  }

  #hasPartition(position: number): boolean {
    return Math.floor(position / partitionSize) <= this.#partitionsUpTo;
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
    if (this.#hasPartition(position)) return;
    await tx.rows('SELECT event_log.ensure_partitions($1)', [position]);
    this.#partitionsUpTo = Math.floor(position / partitionSize);
  }
}

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
