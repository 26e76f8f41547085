import { Injectable } from '@nestjs/common';
import { Database } from '@yizhan/persistence';
import { type EventFacts, LoggedEvent } from '../events/logged-event.js';

type TruckFacts = Pick<EventFacts, 'plate' | 'consignments' | 'references'>;

const mostKept = 20_000;
/** They say which truck a visit or a run is about, and what is on board. */
const telling = [
  'yizhan.visit.announced.v1',
  'yizhan.visit.arrived.v1',
  'yizhan.visit.queued.v1',
  'yizhan.run.opened.v1',
  'yizhan.custody.moved.v1',
];

/**
 * The truck and the goods that an event is about where it only names the visit, from what the log says of that visit. A part of what
 * was read is kept; the log has all of it.
 */
@Injectable()
export class TrucksOfVisits {
  readonly #known = new Map<string, TruckFacts>();

  constructor(private readonly database: Database) {}

  /** The facts in the same order, with truck and goods where the log has them. */
  async complete(events: readonly EventFacts[]): Promise<readonly EventFacts[]> {
    for (const event of events) this.#learn(event);
    const missing = new Set(
      events
        .filter(isIncomplete)
        .flatMap(({ correlationId }) => (this.#known.has(correlationId) ? [] : [correlationId])),
    );
    if (missing.size > 0) await this.#ask([...missing]);
    const completed = events.map((event) => ({ ...this.#known.get(event.correlationId), ...event }));
    this.#forget();
    return completed;
  }

  async #ask(ids: readonly string[]): Promise<void> {
    const rows = await this.database.rows<{ position: number; document: string }>(
      `SELECT position, document FROM event_log.entries WHERE correlation_id = ANY ($1) AND type = ANY ($2) ORDER BY position`,
      [ids, telling],
    );
    for (const { position, document } of rows) {
      const { facts } = new LoggedEvent(position, document);
      if (facts) this.#learn(facts);
    }
    // What the log does not say is not asked for again.
    for (const id of ids) if (!this.#known.has(id)) this.#known.set(id, {});
  }

  #learn({ correlationId, plate, consignments, references }: EventFacts): void {
    if (plate === undefined && consignments === undefined) return;
    const before = this.#known.get(correlationId);
    this.#known.delete(correlationId);
    this.#known.set(correlationId, {
      ...before,
      ...(plate === undefined ? {} : { plate }),
      ...(consignments === undefined || consignments.length === 0 ? {} : { consignments, references }),
    });
  }

  #forget(): void {
    for (const id of this.#known.keys()) {
      if (this.#known.size <= mostKept) return;
      this.#known.delete(id);
    }
  }
}

const isIncomplete = ({ plate, consignments }: EventFacts): boolean =>
  plate === undefined || consignments === undefined;
