import type { YizhanEvent } from '@yizhan/contracts';
import type { Clock } from '@yizhan/kernel';
import { type Database, isDatabaseDown, type Transaction } from '@yizhan/persistence';
import type { LogEntry } from './log-entry.js';
import { ParkingLot } from './parking-lot.js';

/** Runs the handler of one event; `tx` is the transaction in which its effect and the progress are recorded together. */
export type HandleEvent = (event: YizhanEvent, tx: Transaction | undefined) => Promise<void>;

export interface ConsumerSettings {
  /** Who consumes: `station`, `scheduler`. Progress and parked events are kept per group. */
  readonly group: string;
  readonly database: Database;
  /** Schema that holds the tables of `createConsumerTables`. */
  readonly schema: string;
  readonly clock: Clock;
  /**
   * `transaction`: handlers write through `tx`, once per event. `memory`: handlers fold events into memory, which is
   * rebuilt from the first event at every start.
   */
  readonly effect: 'transaction' | 'memory';
  readonly handles: (type: string) => boolean;
  readonly handle: HandleEvent;
  /** Called at the head of the log after at least one event was handled. */
  readonly onCaughtUp?: () => Promise<void>;
}

const wholeGroup = '*';
const saveCursorEvery = 1_000;

/**
 * Takes entries in the order of the log and gives each to its handler with one effect: progress per partition key is
 * recorded in the transaction of the effect, and the log's order per key is the same after every refill. A handler that
 * fails parks its subject; everything else goes on.
 */
export class Consumer {
  #cursor = -1;
  #savedCursor = 0;
  #progress = new Map<string, number>();
  #caughtUp = false;
  readonly #lot: ParkingLot;
  readonly #claimProgress: string;

  constructor(private readonly settings: ConsumerSettings) {
    this.#lot = new ParkingLot(settings);
    this.#claimProgress = `
      INSERT INTO ${settings.schema}.consumed AS c (consumer_group, partition_key, position) VALUES ($1, $2, $3)
      ON CONFLICT (consumer_group, partition_key) DO UPDATE SET position = EXCLUDED.position
      WHERE c.position < EXCLUDED.position
      RETURNING position`;
  }

  get group(): string {
    return this.settings.group;
  }

  /** Position up to which everything is handled, parked or skipped; -1 before `open`. */
  get cursor(): number {
    return this.#cursor;
  }

  /** When the next parked subject is tried again, epoch milliseconds. */
  get nextDueAt(): number | undefined {
    return this.#lot.nextDueAt;
  }

  /** Loads progress and parked subjects. */
  async open(): Promise<void> {
    if (this.settings.effect === 'memory') {
      await this.#lot.clear();
      this.#cursor = 0;
      return;
    }
    await this.#lot.load();
    const rows = await this.settings.database.rows<{ partition_key: string; position: number }>(
      `SELECT partition_key, position FROM ${this.settings.schema}.consumed WHERE consumer_group = $1`,
      [this.group],
    );
    this.#progress = new Map(rows.map((row) => [row.partition_key, row.position]));
    this.#cursor = this.#progress.get(wholeGroup) ?? 0;
    this.#savedCursor = this.#cursor;
  }

  /** Handles `entries`, which follow the cursor. @returns how many reached a handler. */
  async take(entries: readonly LogEntry[]): Promise<number> {
    let handled = 0;
    for (const entry of entries) {
      if (entry.position <= this.#cursor) continue;
      handled += await this.#takeOne(entry);
      this.#cursor = entry.position;
    }
    if (handled > 0) this.#caughtUp = false;
    if (this.#cursor - this.#savedCursor >= saveCursorEvery) await this.saveCursor();
    return handled;
  }

  /** Sees what an administrator released or discarded; costs nothing where no subject is blocked. */
  async refreshParked(): Promise<void> {
    if (this.#lot.hasBlocked) await this.#lot.load();
  }

  /** Tries parked subjects whose time has come. @returns how many events were handled. */
  async retryDue(): Promise<number> {
    const handled = await this.#lot.retryDue((event, tx) => this.settings.handle(event, tx));
    if (handled > 0) this.#caughtUp = false;
    return handled;
  }

  /** Tells the handlers that the head is reached; once per stretch of events. @returns whether there was anything to tell. */
  async caughtUp(): Promise<boolean> {
    if (this.#caughtUp || !this.settings.onCaughtUp) return false;
    await this.settings.onCaughtUp();
    this.#caughtUp = true;
    return true;
  }

  /** Writes the reading place, so that a restart need not look through old entries again. */
  async saveCursor(): Promise<void> {
    if (this.settings.effect === 'memory' || this.#cursor <= this.#savedCursor) return;
    await this.settings.database.rows(this.#claimProgress, [this.group, wholeGroup, this.#cursor]);
    this.#savedCursor = this.#cursor;
  }

  async #takeOne(entry: LogEntry): Promise<number> {
    if ('unreadable' in entry) {
      await this.#lot.quarantine(entry.position, entry.unreadable);
      return 0;
    }
    const { event, position } = entry;
    if (!this.settings.handles(event.type)) return 0;
    if ((this.#progress.get(event.partitionkey) ?? 0) >= position) return 0;
    if (this.#lot.isBlocked(event.subject)) {
      await this.#park(event, position, undefined);
      return 0;
    }
    try {
      return await this.#effect(event, position);
    } catch (error) {
      if (isDatabaseDown(error)) throw error;
      await this.#park(event, position, error);
      return 0;
    }
  }

  async #effect(event: YizhanEvent, position: number): Promise<number> {
    if (this.settings.effect === 'memory') {
      await this.settings.handle(event, undefined);
      return 1;
    }
    return this.settings.database.transaction(async (tx) => {
      if (!(await this.#claim(tx, event, position))) return 0;
      await this.settings.handle(event, tx);
      return 1;
    });
  }

  async #park(event: YizhanEvent, position: number, error: unknown): Promise<void> {
    await this.settings.database.transaction(async (tx) => {
      if (this.settings.effect === 'memory' || (await this.#claim(tx, event, position))) {
        await this.#lot.park(tx, event, position, error);
      }
    });
    this.#lot.block(event.subject, error);
  }

  async #claim(tx: Transaction, event: YizhanEvent, position: number): Promise<boolean> {
    const [claimed] = await tx.rows(this.#claimProgress, [this.group, event.partitionkey, position]);
    return claimed !== undefined;
  }
}
