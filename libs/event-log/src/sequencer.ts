import { createHash } from 'node:crypto';
import type { YizhanEvent } from '@yizhan/contracts';
import type { Database } from '@yizhan/persistence';
import type { Bell } from './bell.js';
import { canonicalJson } from './canonical-json.js';
import type { RecentEntries } from './log-entry.js';
import { readHeads } from './log-heads.js';
import { forget, read, readWithGaps, store } from './sequencer-statements.js';

/** An outbox id that was passed over because its row was not visible: it appears, or its transaction is known to have ended. */
interface Gap {
  readonly id: number;
  /**
   * Every transaction that could own the id is older than this one: the id of the first pass after the one that passed
   * it over. A snapshot's own upper bound would not do, transactions above it may be running.
   */
  readonly before?: number;
}

/** What a pass leaves to the next one. */
interface Place {
  /** Of the pass: of two that read the same place, one has the next number. */
  readonly number: number;
  readonly position: number;
  readonly outboxId: number;
  readonly gaps: readonly Gap[];
}

interface Head {
  readonly position: number;
  readonly hash: string;
}

/** With the place; the id is null where nothing is left. */
interface OutboxRow {
  readonly number: number;
  readonly position: number;
  readonly outbox_id: number;
  readonly gaps: Gap[];
  readonly id: number | null;
  readonly sequence: number;
  readonly event: string;
  /** Where there are gaps. */
  readonly oldest_open?: string;
  readonly own?: string;
}

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
  /** SHA-256 of the document, hexadecimal: the next entry of its partition key has it as `prevhash`. */
  readonly hash: string;
}

export interface SequencerSettings {
  /** Rings the bell of other processes with each commit; of no use where all readers are in this one. */
  readonly notifies?: boolean;
  /** Rung when entries were added, for readers in this process. */
  readonly bell?: Bell;
}

const firstHead: Head = { position: 0, hash: '0'.repeat(64) };
const partitionSize = 1_000_000;
/** Entries. */
const forgetEvery = 2_000;

/**
 * Gives committed outbox rows their dense position. Reads past ids that are not visible yet and looks them up again,
 * so that one long transaction neither stops the log nor is lost. Passes are numbered: of two sequencers that read the same
 * place one writes the next pass, and the other one nothing, and reads again. Nothing that it writes is changed later (ADR 75).
 */
export class Sequencer {
  #heads = new Map<string, Head>();
  #headsAt = -1;
  #partitionsUpTo = -1;
  #sinceForgotten = 0;
  /** What this sequencer has written last. */
  #own: Place | undefined;

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
   * happens to this pass, the next one gives the same rows the same documents. Not where somebody else has written the place: his
   * next pass may be on its way. Told again where they are written.
   * @returns the entries that were added.
   */
  async sequence(early?: (entries: readonly SequencedEntry[]) => void): Promise<readonly SequencedEntry[]> {
    await this.#forget();
    let pass: Pass | undefined;
    while (!pass) pass = await this.#pass(early);
    const { before, added } = pass;
    this.recent.confirmHead(before);
    this.recent.push(added.map(({ position, event }) => ({ position, event })));
    if (added.length > 0) this.settings.bell?.ring();
    return added;
  }

  /** One statement reads and one writes, without a lock between them. @returns undefined where another sequencer came first. */
  async #pass(early?: (entries: readonly SequencedEntry[]) => void): Promise<Pass | undefined> {
    let rows = await this.database.rows<OutboxRow>(read);
    if (rows[0] && rows[0].gaps.length > 0) rows = await this.database.rows<OutboxRow>(readWithGaps);
    const [first] = rows;
    if (!first) throw new Error('event_log.passes has lost its rows: run yizhan doctor');
    const place: Place = {
      number: first.number,
      position: first.position,
      outboxId: first.outbox_id,
      gaps: first.gaps,
    };
    const found = rows.filter((row) => row.id !== null);
    const gaps = remainingGaps(place, rows);
    if (found.length === 0 && isSame(gaps, place.gaps)) return { before: place.position, added: [] };
    const next: Place = {
      number: place.number + 1,
      position: place.position + found.length,
      outboxId: found.reduce((highest, row) => Math.max(highest, row.id ?? 0), place.outboxId),
      gaps,
    };
    await this.#ensurePartitions(next.position);
    await this.#loadHeads(place.position);
    // Until it is stored the heads in memory are ahead of the log.
    this.#headsAt = -1;
    const added = found.map((row, index) => this.#entry(row, place.position + index + 1));
    // Where no id was passed over these rows can only ever be numbered like this (ADR 27).
    const isCertain = gaps.length === 0 && place.gaps.length === 0;
    if (isCertain && this.#own?.number === place.number) early?.(added);
    if (!(await this.#store(added, place, next, isCertain))) return undefined;
    this.#headsAt = next.position;
    this.#own = next;
    this.#sinceForgotten += added.length;
    return { before: place.position, added };
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
    const hash = createHash('sha256').update(document).digest('hex');
    this.#heads.set(stated.partitionkey, { position, hash });
    return { position, event, document, hash };
  }

  /**
   * @param from the place that was read @param isCertain whether nobody need wait for the disk: were the commit lost, the next
   * pass would make it again. @returns whether it is written.
   */
  async #store(entries: readonly SequencedEntry[], from: Place, place: Place, isCertain: boolean): Promise<boolean> {
    const stored = await this.database.rows(store, [
      JSON.stringify(entries.map(columnsOf)),
      place.number,
      place.position,
      place.outboxId,
      JSON.stringify(place.gaps),
      isCertain,
      this.settings.notifies ?? false,
      from.position,
      from.outboxId,
    ]);
    return stored.length > 0;
  }

  /** Now and then, what no pass looks at any more; before a pass, so that one which is written never fails for it. */
  async #forget(): Promise<void> {
    if (!this.#own || this.#sinceForgotten < forgetEvery) return;
    this.#sinceForgotten = 0;
    const { number, outboxId, gaps } = this.#own;
    await this.database.rows(forget, [Math.min(outboxId, ...gaps.map(({ id }) => id - 1)), number]);
  }

  async #loadHeads(position: number): Promise<void> {
    if (this.#headsAt === position) return;
    const rows = await this.database.rows<{ key: string; position: number; hash: string | null }>(readHeads, [
      position,
    ]);
    this.#heads = new Map(
      rows.map(({ key, position: at, hash }) => {
        if (hash === null) throw new Error(`entry ${at} of event_log.entries has no hash: restore a backup`);
        return [key, { position: at, hash }];
      }),
    );
    this.#headsAt = position;
  }

  async #ensurePartitions(position: number): Promise<void> {
    const partition = Math.floor(position / partitionSize);
    if (partition <= this.#partitionsUpTo) return;
    await this.database.rows('SELECT event_log.ensure_partitions($1)', [position]);
    this.#partitionsUpTo = partition;
  }
}

function columnsOf({ position, event, document, hash }: SequencedEntry): object {
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
    hash,
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
