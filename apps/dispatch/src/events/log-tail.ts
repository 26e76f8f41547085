import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Bell, LogReader, Wake } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import { LoggedEvent } from './logged-event.js';
import { SharedFrames } from './shared-frames.js';

const kept = 2_000;
const batch = 500;
/** The bell may be lost with its connection; this finds what it would have told. */
const lookAnyway = 1_000;
const faultPause = 1_000;

/**
 * The newest entries of the log, read once for all who follow it in this process. It reads while somebody follows; who
 * stands before what is kept here reads for himself until he has caught up.
 */
@Injectable()
export class LogTail implements OnModuleDestroy {
  /** As all who follow are sent them. */
  readonly frames = new SharedFrames();
  readonly #log = new Logger('log tail');
  readonly #followers = new Set<() => void>();
  readonly #wake = new Wake();
  #entries: LoggedEvent[] = [];
  #head: number | undefined;
  #running: Promise<void> | undefined;
  #isClosed = false;

  constructor(
    private readonly reader: LogReader,
    private readonly bell: Bell,
  ) {}

  /** Position up to which it has read; `undefined` while nobody follows. */
  get head(): number | undefined {
    return this.#head;
  }

  /** Calls `follower` whenever there is more. @returns how to stop following. */
  follow(follower: () => void): () => void {
    this.#followers.add(follower);
    this.#running ??= this.#run();
    return () => {
      this.#followers.delete(follower);
      if (this.#followers.size === 0) this.#wake.ring();
    };
  }

  /** At most `limit` entries after `position`, none at the head; `undefined` where they are not all here. */
  remembered(position: number, limit: number): readonly LoggedEvent[] | undefined {
    if (this.#head === undefined) return undefined;
    if (position >= this.#head) return [];
    const first = this.#entries[0];
    if (!first || position + 1 < first.position) return undefined;
    // Positions have no gap.
    const start = position + 1 - first.position;
    return this.#entries.slice(start, start + limit);
  }

  /** At most `limit` entries after `position`, from the table. */
  async read(position: number, limit: number): Promise<LoggedEvent[]> {
    const rows = await this.reader.documentsAfter(position, limit);
    return rows.map((row) => new LoggedEvent(row.position, row.document));
  }

  /** At most `limit` entries after `position`, from wherever they are; none at the head. */
  async after(position: number, limit: number): Promise<readonly LoggedEvent[]> {
    const remembered = this.remembered(position, limit);
    // Between two looks of the tail the table may know more than it.
    return remembered && remembered.length > 0 ? remembered : this.read(position, limit);
  }

  /** The newest position. @throws Problem `FEED.AHEAD_OF_LOG` where `after`, given in `field`, lies beyond it. */
  async headFrom(after: number, field = 'after'): Promise<number> {
    const head = await this.reader.head();
    if (after <= head) return head;
    const message = `${field} is ${after}, and the log has only come to ${head}`;
    throw new Problem('invalid', 'FEED.AHEAD_OF_LOG', message, { field, head: String(head) });
  }

  async onModuleDestroy(): Promise<void> {
    this.#isClosed = true;
    this.#wake.ring();
    await this.#running;
  }

  async #run(): Promise<void> {
    const stopListening = this.bell.subscribe(() => this.#wake.ring());
    while (this.#followers.size > 0 && !this.#isClosed) {
      try {
        if (!(await this.#look())) await this.#wake.wait(lookAnyway);
      } catch (error) {
        this.#log.warn(`the log cannot be read: ${error instanceof Error ? error.message : String(error)}`);
        await this.#wake.wait(faultPause);
      }
    }
    stopListening();
    this.#head = undefined;
    this.#entries = [];
    this.#running = undefined;
  }

  /** @returns whether there was more. */
  async #look(): Promise<boolean> {
    if (this.#head === undefined) {
      this.#head = await this.reader.head();
    } else {
      const more = await this.read(this.#head, batch);
      const newest = more.at(-1);
      if (!newest) return false;
      this.#entries.push(...more);
      if (this.#entries.length > 2 * kept) this.#entries = this.#entries.slice(-kept);
      this.#head = newest.position;
    }
    for (const follower of this.#followers) follower();
    return true;
  }
}
