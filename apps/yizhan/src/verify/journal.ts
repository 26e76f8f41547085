import type { Data } from './plain-event.js';

/** One change of the fold's state: whether it still stands as it was made, and how to take it back. */
export interface Change {
  stands(): boolean;
  revert(): void;
}

/** An event that can still be retracted, with what it changed. */
export interface EventRecord {
  readonly id: string;
  readonly name: string;
  readonly position: string;
  readonly data: Data;
  readonly changes: readonly Change[];
  retracted: boolean;
}

/** Writes the fold's state and remembers how to take each write back, because a retraction undoes its event. */
export class Journal {
  private changes: Change[] = [];

  /** Sets a field; write a field once per event. */
  set<T extends object, K extends keyof T>(target: T, key: K, value: T[K]): void {
    const before = target[key];
    if (before === value) return;
    target[key] = value;
    this.changes.push({
      stands: () => target[key] === value,
      revert: () => {
        target[key] = before;
      },
    });
  }

  /** Puts an entry into a map. */
  put<V>(map: Map<string, V>, key: string, value: V): void {
    const before = map.get(key);
    map.set(key, value);
    this.changes.push({
      stands: () => map.get(key) === value,
      revert: () => {
        if (before === undefined) map.delete(key);
        else map.set(key, before);
      },
    });
  }

  /** Adds to a counter, which later events may go on to change. */
  add<K extends PropertyKey>(target: Record<K, number>, key: K, by: number): void {
    target[key] += by;
    this.changes.push({
      stands: () => true,
      revert: () => {
        target[key] -= by;
      },
    });
  }

  /** The changes since the last call, in order. */
  take(): Change[] {
    const taken = this.changes;
    this.changes = [];
    return taken;
  }
}

const KEPT_PER_SUBJECT = 64;

/** The latest events of each live subject, so that a retraction finds what it takes back. */
export class Archive {
  private readonly bySubject = new Map<string, EventRecord[]>();

  keep(subject: string, record: EventRecord): void {
    const records = this.bySubject.get(subject);
    if (!records) this.bySubject.set(subject, [record]);
    else if (records.push(record) > KEPT_PER_SUBJECT) records.shift();
  }

  /** A record takes the place of the one that it corrects: what stands is in the order in which it happened. */
  replace(subject: string, corrected: EventRecord, record: EventRecord): void {
    const records = this.bySubject.get(subject) ?? [];
    const place = records.indexOf(corrected);
    if (place < 0) this.keep(subject, record);
    else records[place] = record;
  }

  /** The record of an event that is neither forgotten nor retracted. */
  find(subject: string, id: string): EventRecord | undefined {
    return this.bySubject.get(subject)?.find((record) => record.id === id && !record.retracted);
  }

  /** The events of the subject after this one that have not been retracted. */
  after(subject: string, record: EventRecord): EventRecord[] {
    const records = this.bySubject.get(subject) ?? [];
    return records.slice(records.indexOf(record) + 1).filter((later) => !later.retracted);
  }

  forget(subject: string): void {
    this.bySubject.delete(subject);
  }
}
