import type { YizhanEvent } from '@yizhan/contracts';
import { isDatabaseDown, type Transaction } from '@yizhan/persistence';
import type { ConsumerSettings } from './consumer-settings.js';
import type { KeyProgress } from './key-progress.js';
import type { LogEntry, Unreadable } from './log-entry.js';
import type { ParkingLot } from './parking-lot.js';

/** Gives entries to the handlers of a consumer, each with one effect or one place in the parking lot. */
export class Effects {
  /** Says of a partition key whether it is this process's. */
  isOwn: (key: string) => boolean = () => true;

  constructor(
    private readonly settings: ConsumerSettings,
    private readonly progress: KeyProgress,
    private readonly lot: ParkingLot,
  ) {}

  /** Handles, parks or skips one entry. @returns how many reached a handler. */
  async of(entry: LogEntry): Promise<number> {
    if ('unreadable' in entry) {
      await this.quarantine(`position ${entry.position}`, entry.unreadable);
      return 0;
    }
    const { event, position } = entry;
    if (!this.settings.handles(event.type)) return 0;
    if (this.progress.seen(event.partitionkey) >= position || this.lot.isDiscarded(position)) return 0;
    if (this.lot.isBlocked(event)) {
      await this.#park(event, position, undefined);
      return 0;
    }
    const begun = performance.now();
    try {
      const handled = await this.#effect(event, position);
      if (handled > 0) this.#tellHandled(event, begun);
      return handled;
    } catch (error) {
      if (isDatabaseDown(error)) throw error;
      await this.#park(event, position, error);
      return 0;
    }
  }

  /**
   * Handles entries in one transaction. @returns how many reached a handler; undefined where they have to be taken one by
   * one, as one of them cannot be handled, is behind one that could not, or is somebody else's by now.
   */
  async ofAll(entries: readonly LogEntry[]): Promise<number | undefined> {
    const begun = performance.now();
    const wanted: { event: YizhanEvent; position: number }[] = [];
    for (const entry of entries) {
      if ('unreadable' in entry) return undefined;
      const { event, position } = entry;
      if (!this.settings.handles(event.type) || this.progress.seen(event.partitionkey) >= position) continue;
      if (this.lot.isBlocked(event)) return undefined;
      wanted.push({ event, position });
    }
    if (wanted.length === 0) return 0;
    try {
      await this.settings.database.transaction((tx) => this.#handleAll(tx, wanted));
    } catch (error) {
      if (isDatabaseDown(error)) throw error;
      // Which one it was, or who has taken it, is found one by one.
      return undefined;
    }
    for (const { event } of wanted) this.#tellHandled(event, begun);
    return wanted.length;
  }

  async quarantine(place: string, unreadable: Unreadable): Promise<void> {
    await this.lot.quarantine(place, unreadable);
    this.settings.telemetry?.quarantined?.(this.settings.group);
  }

  async #handleAll(tx: Transaction, wanted: readonly { event: YizhanEvent; position: number }[]): Promise<void> {
    const reach = new Map<string, { first: number; last: number }>();
    for (const { event, position } of wanted) {
      const { first = position } = reach.get(event.partitionkey) ?? {};
      reach.set(event.partitionkey, { first, last: position });
    }
    for (const [key, { first, last }] of reach) {
      // Nothing is written yet where another process is in the middle of them: the transaction ends without effect.
      if (!(await this.progress.claim(tx, key, first, last))) throw new TakenByAnother();
    }
    for (const { event } of wanted) await this.settings.handle(event, tx);
    await this.settings.finish?.(tx);
  }

  async #effect(event: YizhanEvent, position: number): Promise<number> {
    if (this.settings.effect === 'memory') {
      await this.settings.handle(event, undefined);
      return 1;
    }
    const isMine = await this.settings.database.transaction(async (tx) => {
      if (!(await this.progress.claim(tx, event.partitionkey, position))) return false;
      await this.settings.handle(event, tx);
      await this.settings.finish?.(tx);
      return true;
    });
    if (isMine) return 1;
    await this.#takenByAnother();
    return 0;
  }

  async #park(event: YizhanEvent, position: number, error: unknown): Promise<void> {
    // Before it is written down: should that fail, a handler that threw may have done half of its work already.
    this.settings.onLeftOut?.(event.partitionkey);
    const isMine = await this.settings.database.transaction(async (tx) => {
      if (this.settings.effect === 'transaction' && !(await this.progress.claim(tx, event.partitionkey, position)))
        return false;
      await this.lot.park(tx, event, position, error);
      return true;
    });
    if (!isMine) return this.#takenByAnother();
    this.lot.block(event, error);
    this.settings.telemetry?.parked?.(this.settings.group, event.type);
  }

  /** A process that still believed that it owned the key was quicker, and may have parked the event. */
  async #takenByAnother(): Promise<void> {
    this.settings.telemetry?.redelivered?.(this.settings.group);
    await this.lot.load(this.isOwn);
  }

  #tellHandled({ type }: YizhanEvent, begun: number): void {
    this.settings.telemetry?.handled?.(this.settings.group, type, (performance.now() - begun) / 1000);
  }
}

class TakenByAnother extends Error {}
