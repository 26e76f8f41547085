import type { ServerResponse } from 'node:http';
import type { Choice } from './choose-events.js';
import type { IsWanted } from './event-filter.js';
import type { LoggedEvent } from './logged-event.js';
import type { LogTail } from './log-tail.js';

export interface LiveStreamSettings {
  /** Its head is not sent yet. */
  readonly response: ServerResponse;
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
  readonly tail: LogTail;
  /** Position after which it begins. */
  readonly after: number;
  readonly choice: Choice;
  /** After how long it ends in any case. */
  readonly lifeMilliseconds: number;
  /** Told of what keeps it from reading on; the stream is over then. */
  readonly onFault: (error: unknown) => void;
}

const beatEvery = 15_000;
/** Beats for which a client may take nothing of what it was sent. */
const patienceBeats = 4;
/** Most entries looked at, and about the most characters sent, before the client has taken what it was sent. */
const mostAtOnce = 64;
const mostCharacters = 64 * 1024;
/** When a client whose connection ended shall come again. */
const retryMilliseconds = 2_000;

/**
 * One client that is sent events as they come. Its position is the only thing that it goes by: whether entries come from
 * the tail or, where it is behind, from the table, it never leaves one out or sends one twice. It sends no more until
 * the client has taken what was sent, and is cut where that takes a minute.
 */
export class LiveStream {
  readonly #response: ServerResponse;
  #position: number;
  /** What the client knows as the last id. */
  #told: number;
  #isReading = false;
  #isRungMeanwhile = false;
  #stalledBeats = 0;
  #beats: NodeJS.Timeout | undefined;
  #lifeEnd: NodeJS.Timeout | undefined;
  #stopFollowing: (() => void) | undefined;

  constructor(private readonly settings: LiveStreamSettings) {
    this.#response = settings.response;
    this.#position = settings.after;
    this.#told = settings.after;
  }

  begin(): void {
    const { response, tail, after, headers, lifeMilliseconds } = this.settings;
    response.writeHead(200, headers);
    // An id without data moves the client's place: one that is cut before its first event knows where to go on.
    response.write(`retry: ${retryMilliseconds}\nid: ${after}\n\n`);
    response.on('drain', () => {
      this.#stalledBeats = 0;
      this.#sendOn();
    });
    response.on('close', () => this.#stop());
    this.#beats = setInterval(() => this.#beat(), beatEvery);
    this.#lifeEnd = setTimeout(() => this.end(), lifeMilliseconds);
    this.#stopFollowing = tail.follow(() => this.#sendOn());
    this.#sendOn();
  }

  /** Bytes that wait in this process for the client to take them. */
  get waitingBytes(): number {
    return this.#response.writableLength;
  }

  /** Ends the answer, so that the client comes again elsewhere with its last id. */
  end(): void {
    this.#stop();
    // What waits for a client that takes nothing would keep the connection open.
    if (this.#response.writableNeedDrain) this.#response.destroy();
    else this.#response.end();
  }

  #stop(): void {
    clearInterval(this.#beats);
    clearTimeout(this.#lifeEnd);
    this.#stopFollowing?.();
  }

  get #isOver(): boolean {
    return this.#response.destroyed || this.#response.writableEnded;
  }

  #sendOn(): void {
    if (this.#isReading) {
      this.#isRungMeanwhile = true;
      return;
    }
    while (!this.#isOver && !this.#response.writableNeedDrain) {
      const entries = this.settings.tail.remembered(this.#position, mostAtOnce);
      if (entries?.length === 0) return;
      const isWanted = entries && this.#wantedAtOnce(entries);
      if (!entries || !isWanted) {
        void this.#sendLater(entries);
        return;
      }
      this.#send(entries, isWanted);
    }
  }

  /** `undefined` where the events themselves do not tell. */
  #wantedAtOnce(entries: readonly LoggedEvent[]): IsWanted | undefined {
    const { isWanted, among } = this.settings.choice;
    return among && entries.some(isWanted) ? undefined : isWanted;
  }

  async #wantedLater(entries: readonly LoggedEvent[]): Promise<IsWanted> {
    const wanted = new Set(await this.settings.choice.among?.(entries));
    return (entry) => wanted.has(entry);
  }

  /** Entries that the tail has, or where it does not, those of the table. */
  async #sendLater(remembered: readonly LoggedEvent[] | undefined): Promise<void> {
    this.#isReading = true;
    this.#isRungMeanwhile = false;
    try {
      const entries = remembered ?? (await this.settings.tail.read(this.#position, mostAtOnce));
      const isWanted = this.#wantedAtOnce(entries) ?? (await this.#wantedLater(entries));
      if (!this.#isOver) this.#send(entries, isWanted);
      if (entries.length > 0) this.#isRungMeanwhile = true;
    } catch (error) {
      this.settings.onFault(error);
      this.end();
    }
    this.#isReading = false;
    if (this.#isRungMeanwhile) this.#sendOn();
  }

  #send(entries: readonly LoggedEvent[], isWanted: IsWanted): void {
    const chosen: LoggedEvent[] = [];
    let characters = 0;
    for (const entry of entries) {
      this.#position = entry.position;
      if (!isWanted(entry)) continue;
      chosen.push(entry);
      characters += entry.frame.length;
      this.#told = entry.position;
      if (characters >= mostCharacters) break;
    }
    if (chosen.length > 0) this.#response.write(this.settings.tail.frames.of(chosen));
  }

  /** Keeps the connection open, and moves the client past what its filter has left out. */
  #beat(): void {
    if (this.#response.writableNeedDrain) {
      this.#stalledBeats += 1;
      if (this.#stalledBeats >= patienceBeats) this.#response.destroy();
      return;
    }
    this.#response.write(this.#told === this.#position ? ':\n\n' : `:\nid: ${this.#position}\n\n`);
    this.#told = this.#position;
  }
}
