import { Injectable, Logger } from '@nestjs/common';
import { entriesShownTo } from '@yizhan/event-log';
import { Database } from '@yizhan/persistence';
import type { LoggedEvent } from './logged-event.js';

type Shown = WeakMap<LoggedEvent, Promise<boolean>>;

/**
 * Whether the database shows an entry to a carrier: asked in the carrier's role, so that row-level security answers, whatever was
 * thought here before. An entry that many streams of a carrier wait for is asked for once.
 */
@Injectable()
export class OwnEntries {
  readonly #log = new Logger('row-level security');
  readonly #shown = new Map<string, Shown>();

  constructor(private readonly database: Database) {}

  /** Those of some entries that are the carrier's, in the same order. */
  async among(carrierId: string, entries: readonly LoggedEvent[]): Promise<readonly LoggedEvent[]> {
    const shown = this.#of(carrierId);
    const unknown = entries.filter((entry) => !shown.has(entry));
    if (unknown.length > 0) this.#ask(carrierId, shown, unknown);
    const answers = await Promise.all(entries.map((entry) => shown.get(entry) ?? Promise.resolve(false)));
    return entries.filter((_entry, index) => answers[index]);
  }

  #ask(carrierId: string, shown: Shown, entries: readonly LoggedEvent[]): void {
    const positions = entries.map(({ position }) => position);
    const answer = entriesShownTo(this.database, carrierId, positions);
    for (const entry of entries) {
      shown.set(
        entry,
        answer.then(
          (own) => {
            if (own.has(entry.position)) return true;
            this.#log.error(`position ${entry.position} was held back: it is not what ${carrierId} may see`);
            return false;
          },
          (error: unknown) => {
            // What was not answered is asked again.
            shown.delete(entry);
            throw error;
          },
        ),
      );
    }
  }

  #of(carrierId: string): Shown {
    const known = this.#shown.get(carrierId) ?? new WeakMap<LoggedEvent, Promise<boolean>>();
    this.#shown.set(carrierId, known);
    return known;
  }
}
