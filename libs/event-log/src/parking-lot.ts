import { randomUUID } from 'node:crypto';
import type { YizhanEvent } from '@yizhan/contracts';
import type { Clock } from '@yizhan/kernel';
import { type Database, isDatabaseDown, type Transaction } from '@yizhan/persistence';
import { decodeEvent, type Unreadable } from './log-entry.js';

/** Waits before the attempts after the first, in milliseconds; after the last the subject stays parked for a person. */
const retryDelays = [1_000, 5_000, 30_000, 120_000] as const;

interface LotSettings {
  readonly group: string;
  readonly schema: string;
  readonly database: Database;
  readonly clock: Clock;
  readonly effect: 'transaction' | 'memory';
}

/**
 * A blocked subject of one partition key; the same subject may have events in several keys, each in an order of its own. The
 * instant of the next attempt is absent where a person has to release it.
 */
interface Blocked {
  readonly subject: string;
  readonly key: string;
  readonly due: number | undefined;
}

interface ParkedRow {
  readonly position: number;
  readonly document: string;
  readonly attempts: number;
}

type Handle = (event: YizhanEvent, tx: Transaction | undefined) => Promise<void>;

/** Events that could not be handled, and the later ones of their subjects behind them, in order. */
export class ParkingLot {
  readonly #blocked = new Map<string, Blocked>();
  readonly #discarded = new Set<number>();
  /** Whose rows these are. What is kept in memory is this process's own: another one rebuilds and parks for itself. */
  readonly #member: string;

  constructor(private readonly settings: LotSettings) {
    this.#member = settings.effect === 'memory' ? randomUUID() : '';
  }

  get nextDueAt(): number | undefined {
    const due = [...this.#blocked.values()].map((blocked) => blocked.due).filter((at) => at !== undefined);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  get hasBlocked(): boolean {
    return this.#blocked.size > 0;
  }

  isBlocked(event: YizhanEvent): boolean {
    return this.#blocked.has(nameOf(event.partitionkey, event.subject));
  }

  /** Reads which subjects of these keys are blocked, and what was released or discarded from outside. */
  async load(isOwn: (key: string) => boolean = () => true): Promise<void> {
    // The first event of a subject says when it goes on; one that only waited for those before it is due now.
    const rows = await this.settings.database.rows<{ subject: string; key: string; due: number | null }>(
      `SELECT DISTINCT ON (partition_key, subject) subject, partition_key AS key, CASE state WHEN 'waiting' THEN 0 ELSE next_attempt_at END AS due
       FROM ${this.#table} WHERE consumer_group = $1 AND member = $2 ORDER BY partition_key, subject, position`,
      [this.settings.group, this.#member],
    );
    this.#blocked.clear();
    for (const { subject, key, due } of rows) {
      if (isOwn(key)) this.#blocked.set(nameOf(key, subject), { subject, key, due: due ?? undefined });
    }
  }

  /** Forgets what was parked before of these keys, or of all: what is rebuilt from the first event parks again what still fails. */
  async clear(keys?: readonly string[]): Promise<void> {
    await this.settings.database.rows(
      `DELETE FROM ${this.#table} WHERE consumer_group = $1 AND ($2::text[] IS NULL OR partition_key = ANY ($2))`,
      [this.settings.group, keys ?? null],
    );
    if (keys) this.forget(keys);
    else this.#blocked.clear();
    const discarded = await this.settings.database.rows<{ position: number }>(
      `SELECT position FROM ${this.settings.schema}.discarded_events
       WHERE consumer_group = $1 AND ($2::text[] IS NULL OR partition_key = ANY ($2))`,
      [this.settings.group, keys ?? null],
    );
    for (const { position } of discarded) this.#discarded.add(position);
  }

  /** Whether a person has said that this event is to have no effect, for one who begins again at the first. */
  isDiscarded(position: number): boolean {
    return this.#discarded.has(position);
  }

  /** Keys of which something is parked in memory whose rows somebody else has cleared: he has had them meanwhile. */
  async unsure(keys: readonly string[]): Promise<string[]> {
    const blocked = [...this.#blocked.values()].filter(({ key }) => keys.includes(key));
    if (blocked.length === 0) return [];
    const rows = await this.settings.database.rows<{ name: string }>(
      `SELECT DISTINCT partition_key || E'\\n' || subject AS name FROM ${this.#table} WHERE consumer_group = $1 AND member = $2`,
      [this.settings.group, this.#member],
    );
    const there = new Set(rows.map(({ name }) => name));
    return [...new Set(blocked.filter(({ key, subject }) => !there.has(nameOf(key, subject))).map(({ key }) => key))];
  }

  /** Leaves the subjects of these keys to whoever owns them now. */
  forget(keys: readonly string[]): void {
    for (const [name, { key }] of this.#blocked) if (keys.includes(key)) this.#blocked.delete(name);
  }

  block({ subject, partitionkey: key }: YizhanEvent, error: unknown): void {
    if (error !== undefined) this.#blocked.set(nameOf(key, subject), { subject, key, due: this.#now + retryDelays[0] });
  }

  /** Writes an event down: one that failed, or one that comes behind such a one (`error` undefined). */
  async park(tx: Transaction, event: YizhanEvent, position: number, error: unknown): Promise<void> {
    const failed = error !== undefined;
    await tx.rows(
      `INSERT INTO ${this.#table} (consumer_group, position, partition_key, subject, type, document, state, attempts, error, next_attempt_at, parked_at, member)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`,
      [
        this.settings.group,
        position,
        event.partitionkey,
        event.subject,
        event.type,
        JSON.stringify(event),
        failed ? 'retrying' : 'waiting',
        failed ? 1 : 0,
        failed ? describe(error) : null,
        failed ? this.#now + retryDelays[0] : null,
        this.#now,
        this.#member,
      ],
    );
  }

  /** Sets aside what cannot be read. `place` says where it lay: `position 12`, `yizhan.events/3@120`. */
  async quarantine(place: string, { raw, reason }: Unreadable): Promise<void> {
    await this.settings.database.rows(
      `INSERT INTO ${this.settings.schema}.quarantined (consumer_group, place, raw, reason, quarantined_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      // A text column cannot hold a null byte, which a foreign message may.
      [this.settings.group, place, raw.replaceAll('\0', '\uFFFD'), reason, this.#now],
    );
  }

  /** Handles the events of every subject that is due, in order, until one fails again. @returns how many were handled. */
  async retryDue(handle: Handle): Promise<number> {
    let handled = 0;
    for (const blocked of this.#blocked.values()) {
      if (blocked.due !== undefined && blocked.due <= this.#now) handled += await this.#retrySubject(blocked, handle);
    }
    return handled;
  }

  async #retrySubject({ subject, key }: Blocked, handle: Handle): Promise<number> {
    let handled = 0;
    for (;;) {
      const [next] = await this.settings.database.rows<ParkedRow>(
        `SELECT position, document, attempts FROM ${this.#table}
         WHERE consumer_group = $1 AND subject = $2 AND partition_key = $3 AND member = $4 ORDER BY position LIMIT 1`,
        [this.settings.group, subject, key, this.#member],
      );
      if (!next) {
        this.#blocked.delete(nameOf(key, subject));
        return handled;
      }
      try {
        await this.#retryOne(next, handle);
        handled += 1;
      } catch (error) {
        if (isDatabaseDown(error)) throw error;
        this.#blocked.set(nameOf(key, subject), { subject, key, due: await this.#failedAgain(next, error) });
        return handled;
      }
    }
  }

  async #retryOne(row: ParkedRow, handle: Handle): Promise<void> {
    const decoded = decodeEvent(row.document);
    if ('reason' in decoded) throw new Error(decoded.reason);
    if (this.settings.effect === 'memory') await handle(decoded.event, undefined);
    await this.settings.database.transaction(async (tx) => {
      const [mine] = await tx.rows(
        `DELETE FROM ${this.#table} WHERE consumer_group = $1 AND position = $2 AND member = $3 RETURNING position`,
        [this.settings.group, row.position, this.#member],
      );
      if (mine && this.settings.effect === 'transaction') await handle(decoded.event, tx);
    });
  }

  async #failedAgain(row: ParkedRow, error: unknown): Promise<number | undefined> {
    const delay = retryDelays[row.attempts];
    const due = delay === undefined ? undefined : this.#now + delay;
    const [kept] = await this.settings.database.rows(
      `UPDATE ${this.#table} SET attempts = attempts + 1, error = $3, next_attempt_at = $4, state = $5
       WHERE consumer_group = $1 AND position = $2 AND attempts = $6 RETURNING position`,
      [
        this.settings.group,
        row.position,
        describe(error),
        due ?? null,
        due === undefined ? 'parked' : 'retrying',
        row.attempts,
      ],
    );
    // Released while the attempt was under way: it is tried again.
    return kept ? due : this.#now;
  }

  get #table(): string {
    return `${this.settings.schema}.parked_events`;
  }

  get #now(): number {
    return this.settings.clock.now();
  }
}

const nameOf = (key: string, subject: string): string => `${key}\n${subject}`;

function describe(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.slice(0, 2_000);
}
