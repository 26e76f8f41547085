import type { ServerResponse } from 'node:http';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Caller, HeldCredential } from '@yizhan/identity';
import { Problem, SystemClock } from '@yizhan/kernel';
import type { OpenStreams } from '@yizhan/service-process';
import type { Choice } from './choose-events.js';
import { LiveStream } from './live-stream.js';
import { LogTail } from './log-tail.js';

export interface StreamRequest {
  readonly caller: Caller;
  /** What he was let in with. */
  readonly credential: HeldCredential;
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
/** How often it is asked whether those who were let in still would be, milliseconds. */
const lookAgainEvery = 15_000;

interface LetIn {
  readonly subject: string;
  readonly credential: HeldCredential;
}

/** Every live stream of this process. */
@Injectable()
export class LiveStreams implements OpenStreams, OnModuleDestroy {
  readonly #log = new Logger('live streams');
  readonly #wallClock = new SystemClock();
  /** With who each belongs to. */
  readonly #open = new Map<LiveStream, LetIn>();
  #looking: NodeJS.Timeout | undefined;
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
    if ([...this.#open.values()].filter((each) => each.subject === subject).length >= mostOfOne)
      throw new Problem(
        'unavailable',
        'FEED.TOO_MANY_STREAMS',
        `you have ${mostOfOne} streams open here already`,
        wait,
      );
  }

  /** Streams to a client that has been let in. It ends with the caller's token, and where that is taken back. */
  begin(response: ServerResponse, { caller, credential, after, choice, headers }: StreamRequest): void {
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
    this.#open.set(stream, { subject: caller.subject, credential });
    response.on('close', () => this.#closed(stream));
    this.#looking ??= setInterval(() => void this.#lookAgain(), lookAgainEvery);
    stream.begin();
  }

  #closed(stream: LiveStream): void {
    this.#open.delete(stream);
    if (this.#open.size > 0) return;
    clearInterval(this.#looking);
    this.#looking = undefined;
  }

  /** A key that was revoked, or an account that was suspended, since its streams began ends them. Each is asked for once. */
  async #lookAgain(): Promise<void> {
    const credentials = new Map([...this.#open.values()].map(({ credential }) => [credential.text, credential]));
    const faults = new Set<string>();
    for (const [text, credential] of credentials) {
      try {
        await credential.lookAgain();
      } catch (error) {
        if (error instanceof Problem && error.kind === 'forbidden') this.#endOf(text);
        else faults.add(String(error));
      }
    }
    // It is asked again the next time.
    if (faults.size > 0) this.#log.warn(`whether streams may go on is not known: ${[...faults].join('; ')}`);
  }

  #endOf(text: string): void {
    for (const [stream, { credential }] of this.#open) if (credential.text === text) stream.end();
  }

  endAll(): void {
    this.#isEnding = true;
    for (const stream of this.#open.keys()) stream.end();
  }

  onModuleDestroy(): void {
    this.endAll();
  }
}
