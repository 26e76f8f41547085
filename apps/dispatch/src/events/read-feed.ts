import { Injectable } from '@nestjs/common';
import { Wake } from '@yizhan/event-log';
import type { OpenStreams } from '@yizhan/service-process';
import type { Choice } from './choose-events.js';
import type { LoggedEvent } from './logged-event.js';
import { LogTail } from './log-tail.js';

export interface FeedRequest {
  /** Position of the last event that the reader has. */
  readonly after: number;
  /** Most events to give. */
  readonly limit: number;
  /** How long to wait for the first event where there is none yet. */
  readonly waitSeconds: number;
  readonly choice: Choice;
}

interface Page {
  /** Documents of the log, in its order. */
  readonly documents: readonly string[];
  /** Where the reader goes on: behind the last event given, and behind what the filter has left out. */
  readonly next: number;
}

export interface FeedPage extends Page {
  /** Position of the newest entry of the log. */
  readonly head: number;
}

const batch = 500;
/** A filter that lets little through gives an empty page with a later `next` rather than read the whole log for one answer. */
const mostLookedAt = 5_000;

/** Gives the log by position, a page at a time. */
@Injectable()
export class ReadFeed implements OpenStreams {
  readonly #waiting = new Set<Wake>();
  #isEnding = false;

  constructor(private readonly tail: LogTail) {}

  /**
   * @param gone told when nobody waits for the answer any more
   * @throws Problem `FEED.AHEAD_OF_LOG` where the log has not come to `after`: to go on from there would leave events out.
   */
  async execute(request: FeedRequest, gone: AbortSignal): Promise<FeedPage> {
    const head = await this.tail.headFrom(request.after);
    const page = request.after < head ? await this.#page(request, request.after) : { documents: [], next: head };
    const isDone = page.documents.length > 0 || page.next < head || request.waitSeconds === 0;
    const answer = isDone ? page : await this.#await(request, page, gone);
    return { ...answer, head: Math.max(head, this.tail.head ?? 0, answer.next) };
  }

  /** Lets everybody who waits have what there is. */
  endAll(): void {
    this.#isEnding = true;
    for (const wake of this.#waiting) wake.ring();
  }

  async #await(request: FeedRequest, before: Page, gone: AbortSignal): Promise<Page> {
    const deadline = performance.now() + request.waitSeconds * 1000;
    const wake = new Wake();
    const ring = (): void => wake.ring();
    this.#waiting.add(wake);
    gone.addEventListener('abort', ring);
    const stopFollowing = this.tail.follow(ring);
    try {
      for (let page = before; ; page = await this.#page(request, page.next)) {
        const left = deadline - performance.now();
        if (page.documents.length > 0 || left <= 0 || this.#isEnding || gone.aborted) return page;
        await wake.wait(left);
      }
    } finally {
      stopFollowing();
      gone.removeEventListener('abort', ring);
      this.#waiting.delete(wake);
    }
  }

  async #page({ limit, choice }: FeedRequest, after: number): Promise<Page> {
    const documents: string[] = [];
    let next = after;
    while (documents.length < limit && next - after < mostLookedAt) {
      const entries = await this.tail.after(next, batch);
      const wanted = await choose(choice, entries);
      for (const entry of entries) {
        if (documents.length === limit) break;
        next = entry.position;
        if (wanted.has(entry)) documents.push(entry.document);
      }
      if (entries.length < batch) break;
    }
    return { documents, next };
  }
}

const choose = async (
  { isWanted, among }: Choice,
  entries: readonly LoggedEvent[],
): Promise<ReadonlySet<LoggedEvent>> => new Set(among ? await among(entries) : entries.filter(isWanted));
