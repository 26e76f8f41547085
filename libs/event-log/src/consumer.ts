import { setTimeout as pause } from 'node:timers/promises';
import type { YizhanEvent } from '@yizhan/contracts';
import type { ConsumerSettings, KeyShare } from './consumer-settings.js';
import { Effects } from './effects.js';
import { KeyProgress } from './key-progress.js';
import type { LogEntry, Unreadable } from './log-entry.js';
import type { LogReader } from './log-reader.js';
import { ParkingLot } from './parking-lot.js';
import type { EventLogTelemetry } from './telemetry.js';
import { Waiting } from './waiting.js';

const saveCursorEvery = 1_000;
const fillBatch = 500;
/** A message may come a moment before its entry is committed (ADR 27), and after a crash of PostgreSQL some seconds before. */
const committedWithin = 5_000;
const lookAgainAfter = 50;

/**
 * Takes entries in the order of the log and gives each to its handler with one effect: progress per partition key is
 * recorded in the transaction of the effect, and the log's order per key is the same after every refill. A handler that
 * fails parks its subject; everything else goes on.
 *
 * Where one consumer reads the whole log, entries come through `take`. Where the keys are shared among processes, each
 * entry comes through `takeOfKey`, and what the transport has left out is taken from the log.
 */
export class Consumer {
  #cursor = -1;
  /** Entries that were taken key by key while the cursor stands; undefined where it reads all of them. */
  #filled: number | undefined;
  #caughtUp = false;
  readonly #waiting = new Waiting();
  readonly #progress: KeyProgress;
  readonly #lot: ParkingLot;
  readonly #effects: Effects;

  constructor(private readonly settings: ConsumerSettings) {
    this.#lot = new ParkingLot(settings);
    this.#progress = new KeyProgress(settings);
    this.#effects = new Effects(settings, this.#progress, this.#lot);
  }

  get group(): string {
    return this.settings.group;
  }

  /** Position up to which everything is handled, parked or skipped, where the whole log is read; -1 before `open`. */
  get cursor(): number {
    return this.#cursor;
  }

  /** As `cursor`, and moves on also while restored memory is brought to the head key by key. */
  get place(): number {
    return this.#cursor + (this.#filled ?? 0);
  }

  /** When the next parked subject is tried again, epoch milliseconds. */
  get nextDueAt(): number | undefined {
    return this.#lot.nextDueAt;
  }

  /** Most events that share one transaction. */
  get together(): number {
    return this.settings.effect === 'memory' ? 1 : (this.settings.together ?? 1);
  }

  /** Whether events of any subject wait for a retry or a person. */
  get hasParked(): boolean {
    return this.#lot.hasBlocked;
  }

  get telemetry(): EventLogTelemetry {
    return this.settings.telemetry ?? {};
  }

  /** Loads progress and parked subjects, or what was kept of memory, to read the whole log. */
  async open(): Promise<void> {
    if (this.settings.effect === 'memory') {
      await this.#lot.clear();
      this.#cursor = 0;
      if ((await this.#restore()) > 0) this.#filled = 0;
      return;
    }
    await this.#lot.load();
    await this.#progress.load();
    this.#cursor = this.#progress.wholeLog;
  }

  /**
   * Where memory was restored and the whole log is read: takes what each key has after its part of it, up to the head, and
   * reads on from there. Key by key, as one may begin millions of entries behind the other. Goes on where it was cut off.
   */
  async fillRestored(log: LogReader): Promise<void> {
    if (this.#filled === undefined) return;
    // The log is dense: whatever has a place up to here is seen below, and everything else comes behind the cursor.
    const head = await log.head();
    const onProgress = (taken: number): void => void (this.#filled = (this.#filled ?? 0) + taken);
    for (const { key } of await log.keys()) await this.#fill(log, key, head, onProgress);
    this.#cursor = head;
    this.#filled = undefined;
  }

  /** Handles `entries`, which follow the cursor. @returns how many reached a handler. */
  async take(entries: readonly LogEntry[]): Promise<number> {
    const next = entries.filter(({ position }) => position > this.#cursor);
    const handled = await this.#takeInOrder(next, (position) => (this.#cursor = position));
    if (this.#cursor - this.#progress.wholeLog >= saveCursorEvery) await this.saveCursor();
    return handled;
  }

  /** Writes the reading place, so that a restart need not look through old entries again. */
  async saveCursor(): Promise<void> {
    if (this.settings.effect === 'memory' || this.#cursor <= this.#progress.wholeLog) return;
    await this.#progress.saveWholeLog(this.#cursor);
  }

  /**
   * The keys of `share` are this process's from now on, and are brought to the head of the log: Kafka may believe that what
   * somebody else has left behind was taken.
   */
  async adopt({ gained, kept, isOwn, onProgress }: KeyShare, log: LogReader): Promise<void> {
    this.#effects.isOwn = isOwn;
    if (this.settings.effect === 'memory') {
      // Also what was gained, should the database have gone away half-way through: its parked events are forgotten here.
      const anew = [...gained, ...(await this.#lot.unsure(kept))];
      this.lose(anew);
      await this.#lot.clear(anew);
      await this.#restore(anew.filter(isOwn));
    } else {
      await this.#progress.load();
      await this.#lot.load(isOwn);
    }
    const keys = [...gained, ...kept];
    for (const key of keys) if (isOwn(key)) await this.#fill(log, key, Infinity, onProgress);
    this.settings.onKeysAdopted?.(keys.filter(isOwn));
    this.#caughtUp = false;
  }

  /** These keys are no longer this process's. */
  lose(keys: readonly string[]): void {
    for (const key of keys) this.#progress.forget(key);
    this.#lot.forget(keys);
    this.settings.onKeysLost?.(keys);
  }

  /** Handles one event of a key of this process; earlier ones that are missing come from the log. @returns how many reached a handler. */
  async takeOfKey(event: YizhanEvent, log: LogReader): Promise<number> {
    const { partitionkey: key } = event;
    const position = Number(event.position);
    const seen = this.#progress.seen(key);
    if (position <= seen) {
      this.settings.telemetry?.redelivered?.(this.group);
      return 0;
    }
    // What the log has there counts, not what the message says.
    if (Number(event.previous) !== seen) return this.#pull(event, position, log);
    const handled = await this.#effects.of({ position, event });
    if (handled > 0) this.#caughtUp = false;
    this.#see(key, position);
    return handled;
  }

  /**
   * Handles events of keys of this process in one transaction, where they follow one another without a hole and nothing
   * keeps them apart. @returns false where nothing was done: take them one by one.
   */
  async takeTogether(events: readonly YizhanEvent[]): Promise<boolean> {
    const reached = new Map<string, number>();
    for (const { partitionkey: key, position, previous } of events) {
      if (Number(previous) !== (reached.get(key) ?? this.#progress.seen(key))) return false;
      reached.set(key, Number(position));
    }
    const handled = await this.#effects.ofAll(events.map((event) => ({ position: Number(event.position), event })));
    if (handled === undefined) return false;
    if (handled > 0) this.#caughtUp = false;
    for (const [key, position] of reached) this.#see(key, position);
    return true;
  }

  /**
   * Takes from the log what a message stands for that cannot be read. @returns false where the log has no such entry: the
   * message is none of ours.
   */
  async takeFromLog(key: string, position: number, log: LogReader): Promise<boolean> {
    await this.#fillUpTo(log, key, position);
    return this.#progress.seen(key) >= position;
  }

  /** Sets a message aside that cannot be read. */
  async quarantine(place: string, unreadable: Unreadable): Promise<void> {
    await this.#effects.quarantine(place, unreadable);
  }

  /** Position up to which this process has seen a key. */
  seen(key: string): number {
    return this.#progress.seen(key);
  }

  /** Resolves when every key of `positions` that is this process's has been seen up to its position. */
  reached(positions: Readonly<Record<string, number>>): Promise<void> {
    return this.#waiting.until(() =>
      Object.entries(positions).every(
        ([key, position]) => !this.#effects.isOwn(key) || this.#progress.seen(key) >= position,
      ),
    );
  }

  /** Stores how far each key was seen, so that a restart need not pull old events from the log. */
  async saveKeys(): Promise<void> {
    if (this.settings.effect === 'transaction') await this.#progress.saveKeys();
  }

  /** Sees what an administrator released or discarded; costs nothing where no subject is blocked. */
  async refreshParked(): Promise<void> {
    if (this.#lot.hasBlocked) await this.#lot.load(this.#effects.isOwn);
  }

  /** Tries parked subjects whose time has come. @returns how many events were handled. */
  async retryDue(): Promise<number> {
    const handled = await this.#lot.retryDue(async (event, tx) => {
      await this.settings.handle(event, tx);
      if (tx) await this.settings.finish?.(tx);
    });
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

  async #pull(event: YizhanEvent, position: number, log: LogReader): Promise<number> {
    const { partitionkey: key } = event;
    const handled = await this.#fillUpTo(log, key, position);
    if (this.#progress.seen(key) < position) {
      const reason = `the log has no position ${position} of ${key}`;
      await this.quarantine(`message ${event.id}`, { raw: JSON.stringify(event), reason });
    }
    return handled;
  }

  /** As `#fill`, and waits a while for a position that the log does not have yet. */
  async #fillUpTo(log: LogReader, key: string, position: number): Promise<number> {
    const end = performance.now() + committedWithin;
    let handled = 0;
    while (this.#progress.seen(key) < position) {
      handled += await this.#fill(log, key, position);
      if (this.#progress.seen(key) >= position || performance.now() > end) break;
      await pause(lookAgainAfter);
    }
    return handled;
  }

  async #restore(keys?: readonly string[]): Promise<number> {
    const restored = (await this.settings.restoreMemory?.(keys)) ?? new Map<string, number>();
    for (const [key, position] of restored) this.#progress.see(key, position);
    return restored.size;
  }

  /** Handles what the log has of a key after what was seen, up to a position. */
  async #fill(log: LogReader, key: string, upTo: number, onProgress?: (taken: number) => void): Promise<number> {
    let handled = 0;
    let pulled = 0;
    for (;;) {
      const entries = await log.ofKeyAfter(key, this.#progress.seen(key), fillBatch);
      const wanted = entries.filter(({ position }) => position <= upTo);
      handled += await this.#takeInOrder(wanted, (position) => this.#see(key, position));
      pulled += wanted.length;
      onProgress?.(wanted.length);
      const last = entries.at(-1);
      if (!last || last.position >= upTo || entries.length < fillBatch) break;
    }
    if (pulled > 0) this.settings.telemetry?.pulled?.(this.group, pulled);
    return handled;
  }

  /** Together where that is possible; `done` is told how far it is. @returns how many reached a handler. */
  async #takeInOrder(entries: readonly LogEntry[], done: (position: number) => void): Promise<number> {
    let handled = 0;
    for (let at = 0; at < entries.length; at += this.together) {
      const some = entries.slice(at, at + this.together);
      const all = some.length > 1 ? await this.#effects.ofAll(some) : undefined;
      for (const entry of some) {
        if (all === undefined) handled += await this.#effects.of(entry);
        done(entry.position);
      }
      handled += all ?? 0;
    }
    if (handled > 0) this.#caughtUp = false;
    return handled;
  }

  #see(key: string, position: number): void {
    this.#progress.see(key, position);
    this.#waiting.look();
  }
}
