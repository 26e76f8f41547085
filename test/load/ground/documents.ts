import { createHash } from 'node:crypto';
import { eventSources, type YizhanEvent } from '@yizhan/contracts';
import { canonicalJson, type NewEvent, Outbox } from '@yizhan/event-log';
import { RandomIds, SystemClock } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';

/** What the publisher sends. */
export interface Message {
  readonly key: string;
  readonly value: string;
  readonly headers: { readonly 'content-type': string; readonly position: string };
}

interface Line {
  readonly subject: string;
  readonly event: string;
}

/** Writes the log of one database in memory: the same documents, without a database. */
export class DocumentChain {
  readonly #outbox = new Outbox(eventSources.station, new SystemClock(), new RandomIds(), () => undefined);
  readonly #sequences = new Map<string, number>();
  readonly #heads = new Map<string, { position: string; hash: string }>();
  #position = 0;

  /** The next entries of the log, as they lie on Kafka. */
  messagesOf(events: readonly NewEvent[]): Message[] {
    return this.#linesOf(events).map((line) => this.#messageOf(line));
  }

  /** The envelope is the outbox's own: what it hands to its transaction is what the log begins with. */
  #linesOf(events: readonly NewEvent[]): Line[] {
    let lines: Line[] = [];
    const last = (_sql: string, values: readonly unknown[] = []): void => {
      lines = JSON.parse(values[0] as string) as Line[];
    };
    const memory = { last, onCommit: () => undefined } as unknown as Transaction;
    this.#outbox.append(memory, { id: 'bench', causationId: 'bench' }, events);
    return lines;
  }

  #messageOf({ subject, event }: Line): Message {
    const stated = JSON.parse(event) as YizhanEvent;
    const key = stated.partitionkey;
    const head = this.#heads.get(key) ?? { position: '0', hash: '0'.repeat(64) };
    const sequence = (this.#sequences.get(subject) ?? 0) + 1;
    this.#sequences.set(subject, sequence);
    this.#position += 1;
    const position = String(this.#position);
    const value = canonicalJson({
      ...stated,
      sequence: String(sequence),
      position,
      previous: head.position,
      prevhash: head.hash,
    });
    this.#heads.set(key, { position, hash: createHash('sha256').update(value).digest('hex') });
    return { key, value, headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8', position } };
  }
}
