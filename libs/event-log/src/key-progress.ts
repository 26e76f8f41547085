import type { Database, Transaction } from '@yizhan/persistence';

interface ProgressPlace {
  readonly group: string;
  readonly database: Database;
  readonly schema: string;
}

/** Stands for every key: all of the log up to here is done. Written where one consumer reads the whole log. */
const wholeLog = '*';

/**
 * How far a group is in each partition key, as `consumed` in the service's schema has it: moved forward by a guarded
 * upsert in the transaction of the effect, so that of two processes that take one event only one has the effect.
 */
export class KeyProgress {
  /** Position up to which this process has seen each key. */
  readonly #seen = new Map<string, number>();
  readonly #saved = new Map<string, number>();
  readonly #claim: string;

  constructor(private readonly place: ProgressPlace) {
    this.#claim = `
      INSERT INTO ${place.schema}.consumed AS c (consumer_group, partition_key, position) VALUES ($1, $2, $3)
      ON CONFLICT (consumer_group, partition_key) DO UPDATE SET position = EXCLUDED.position
      WHERE c.position < $4
      RETURNING position`;
  }

  /** Reads what is stored. */
  async load(): Promise<void> {
    const rows = await this.place.database.rows<{ partition_key: string; position: number }>(
      `SELECT partition_key, position FROM ${this.place.schema}.consumed WHERE consumer_group = $1`,
      [this.place.group],
    );
    this.#seen.clear();
    for (const row of rows) this.#seen.set(row.partition_key, row.position);
  }

  /** Position up to which everything of the key is handled, parked or skipped. */
  seen(key: string): number {
    return Math.max(this.#seen.get(key) ?? 0, this.wholeLog);
  }

  /** Position up to which the whole log was read, where one consumer reads all of it. */
  get wholeLog(): number {
    return this.#seen.get(wholeLog) ?? 0;
  }

  see(key: string, position: number): void {
    this.#seen.set(key, position);
  }

  forget(key: string): void {
    this.#seen.delete(key);
    this.#saved.delete(key);
  }

  /** Claims the events of a key from `first` to `last` in the transaction of their effect. @returns false where somebody else has one. */
  async claim(tx: Transaction, key: string, first: number, last = first): Promise<boolean> {
    const [claimed] = await tx.rows(this.#claim, [this.place.group, key, last, first]);
    return claimed !== undefined;
  }

  async saveWholeLog(position: number): Promise<void> {
    await this.#save(wholeLog, position);
    this.#seen.set(wholeLog, position);
  }

  /** Stores what was seen of each key since the last time, events that nobody handles included. */
  async saveKeys(): Promise<void> {
    for (const [key, position] of this.#seen) {
      if (key === wholeLog || position <= (this.#saved.get(key) ?? 0)) continue;
      await this.#save(key, position);
      this.#saved.set(key, position);
    }
  }

  async #save(key: string, position: number): Promise<void> {
    await this.place.database.rows(this.#claim, [this.place.group, key, position, position]);
  }
}
