import type { ServerResponse } from 'node:http';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Caller } from '@yizhan/identity';
import { Problem, SystemClock } from '@yizhan/kernel';
import type { OpenStreams } from '@yizhan/service-process';
import type { Choice } from './choose-events.js';
import { LiveStream } from './live-stream.js';
import { LogTail } from './log-tail.js';

export interface StreamRequest {
  readonly caller: Caller;
  /** Position of the last event that the client has. */
  readonly after: number;
  readonly choice: Choice;
  /** Sent before the stream itself. */
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
}

const most = 10_000;
/** So many of them may belong to one caller. */
const mostOfOne = 100;
const longestLife = 24 * 60 * 60 * 1000;

/** Every live stream of this process. */
@Injectable()
export class LiveStreams implements OpenStreams, OnModuleDestroy {
  readonly #log = new Logger('live streams');
  readonly #wallClock = new SystemClock();
  /** With the subject of the token that each belongs to. */
  readonly #open = new Map<LiveStream, string>();
  #isEnding = false;

  constructor(private readonly tail: LogTail) {}

  get count(): number {
    return this.#open.size;
  }

  /** Bytes that wait in this process for clients to take them. */
  get waitingBytes(): number {
    return [...this.#open.keys()].reduce((sum, stream) => sum + stream.waitingBytes, 0);
  }

  /** @throws Problem `unavailable` where no stream can begin here now. */
  requireRoom({ subject }: Caller): void {
    const wait = { retryAfterSeconds: 5 };
    if (this.#isEnding)
      throw new Problem('unavailable', 'SERVICE.STOPPING', 'this process is going down; ask again in a moment', wait);
    if (this.#open.size >= most)
      throw new Problem('unavailable', 'FEED.TOO_MANY_STREAMS', `${most} streams are open here already`, wait);
    if ([...this.#open.values()].filter((each) => each === subject).length >= mostOfOne)
      throw new Problem(
        'unavailable',
        'FEED.TOO_MANY_STREAMS',
        `you have ${mostOfOne} streams open here already`,
        wait,
      );
  }

  /** Streams to a client that has been let in. It ends with the caller's token. */
  begin(response: ServerResponse, { caller, after, choice, headers }: StreamRequest): void {
    // Gone while we looked where the log ends: its `close` has been told already.
    if (response.destroyed) return;
    const stream = new LiveStream({
      response,
      headers,
      tail: this.tail,
      after,
      choice,
      lifeMilliseconds: Math.min(longestLife, Math.max(0, caller.expiresAt - this.#wallClock.now())),
      onFault: (error) =>
        this.#log.warn(`a stream was ended: ${error instanceof Error ? error.message : String(error)}`),
    });
    this.#open.set(stream, caller.subject);
    response.on('close', () => this.#open.delete(stream));
    stream.begin();
  }

  endAll(): void {
    this.#isEnding = true;
    for (const stream of this.#open.keys()) stream.end();
  }

  onModuleDestroy(): void {
    this.endAll();
  }
}
