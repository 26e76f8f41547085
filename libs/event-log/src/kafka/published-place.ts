import type { Database } from '@yizhan/persistence';
import type { SequencedEntry } from '../sequencer.js';

/** An entry on its way to Kafka. */
export interface UnpublishedEntry {
  readonly key: string;
  readonly position: number;
  readonly document: string;
  /** Epoch milliseconds. */
  readonly recordedAt: number;
}

interface Stored {
  readonly position: number;
  readonly generation: number;
}

const storeEvery = 1_000;

/**
 * How far the log has been published. Written now and then: after a crash some entries are published again. A refill
 * takes the next generation and begins at the first entry; whoever publishes sees that within a second.
 */
export class PublishedPlace {
  #stored: Stored | undefined;
  #position = 0;
  #lookedAt = 0;

  constructor(private readonly database: Database) {}

  get position(): number {
    return this.#position;
  }

  /** Nothing is known any more: read it again. */
  forget(): void {
    this.#stored = undefined;
  }

  publishedUpTo(position: number): void {
    this.#position = position;
  }

  /** These entries as they are published, where they are the next; undefined where others come first. */
  next(sequenced: readonly SequencedEntry[]): readonly UnpublishedEntry[] | undefined {
    return sequenced[0]?.position === this.#position + 1 ? sequenced.map(ofSequenced) : undefined;
  }

  /** The entries of the log to publish next, at most `limit`. */
  async unpublished(limit: number): Promise<readonly UnpublishedEntry[]> {
    return this.database.rows<UnpublishedEntry>(readEntries, [this.#position, limit]);
  }

  /** Writes the place down. */
  async store(): Promise<void> {
    const stored = this.#stored;
    if (!stored || stored.position === this.#position) return;
    const [kept] = await this.database.rows(storePlace, [this.#position, stored.generation]);
    if (!kept) return this.forget();
    this.#stored = { ...stored, position: this.#position };
  }

  /** Looks, once a second, whether a refill has begun, and writes the place down. */
  async refresh(): Promise<void> {
    const now = performance.now();
    if (this.#stored && now - this.#lookedAt < storeEvery) return;
    this.#lookedAt = now;
    const before = this.#stored;
    if (before) await this.store();
    const [found] = await this.database.rows<Stored>('SELECT position, generation FROM event_log.published');
    if (!found) throw new Error('event_log.published has lost its row: run yizhan doctor');
    if (!before || before.generation !== found.generation) this.#position = found.position;
    this.#stored = found;
  }
}

/** Everything is to be published again, from the first entry on. @returns position of the newest entry. */
export async function publishAgain(database: Database): Promise<number> {
  await database.rows('UPDATE event_log.published SET position = 0, generation = generation + 1');
  const [row] = await database.rows<{ head: number }>('SELECT position AS head FROM event_log.sequencer');
  return row?.head ?? 0;
}

/** Position up to which publishing is noted. */
export async function publishedUpTo(database: Database): Promise<number> {
  const [row] = await database.rows<{ position: number }>('SELECT position FROM event_log.published');
  return row?.position ?? 0;
}

const ofSequenced = ({ event, position, document }: SequencedEntry): UnpublishedEntry => ({
  key: event.partitionkey,
  position,
  document,
  recordedAt: Date.parse(event.recordedtime),
});

const storePlace = `UPDATE event_log.published SET position = $1 WHERE generation = $2 RETURNING position`;

const readEntries = `
  SELECT partition_key AS key, position, document, recorded_at AS "recordedAt" FROM event_log.entries
  WHERE position > $1 ORDER BY position LIMIT $2`;
