import { setTimeout as pause } from 'node:timers/promises';
import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Wake } from '@yizhan/event-log';
import type { Clock } from '@yizhan/kernel';
import { nextAttemptAt } from '@yizhan/outgoing';
import type { Outcome } from './failure.js';
import type { NoticeGateway } from './gateways/notice-gateway.js';
import { channelOf } from './notice.js';
import type { Attempted, LeasedNotice, NoticeBook } from './notice-book.js';

const second = 1_000;
const minute = 60 * second;

/** Before each attempt: what is told is soon over, so that they lie closer together than those of webhooks. */
export const noticeDelays: readonly number[] = [
  0,
  5 * second,
  30 * second,
  2 * minute,
  5 * minute,
  10 * minute,
  20 * minute,
  30 * minute,
  60 * minute,
];

const forgetAfter = 90 * 24 * 60 * minute;
const faultPause = 5 * second;
const tidyEvery = 10 * second;

/** What comes before the next step; a firm one is not cut short by what is written meanwhile. */
interface Rest {
  readonly milliseconds: number;
  readonly isFirm: boolean;
}

export interface SenderParts {
  readonly book: NoticeBook;
  readonly gateways: ReadonlyMap<string, NoticeGateway>;
  readonly clock: Clock;
  /** Where a recipient is to be found now; undefined for who is not. Nothing of it is kept. */
  readonly addressOf: (notice: LeasedNotice, gateway: string) => Promise<string | undefined>;
  /** Milliseconds of real time between two looks at what is due. */
  readonly lookEvery?: number;
}

/** Sends what is due, over each gateway by itself: one that does not answer keeps no other. Any number of processes do. */
export class NoticeSender implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #log = new Logger('notices');
  readonly #lookEvery: number;
  readonly #wakes: Wake[] = [];
  readonly #stopping = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: SenderParts) {
    this.#lookEvery = parts.lookEvery ?? second;
    parts.book.whenWritten(() => this.look());
  }

  /** Something may be due that was not. */
  look(): void {
    for (const wake of this.#wakes) wake.ring();
  }

  onApplicationBootstrap(): void {
    if (this.parts.gateways.size === 0) return;
    const queues = [...this.parts.gateways].map(([name, gateway]) =>
      this.#repeat(`gateway ${name}`, () => this.#sendDue(name, gateway)),
    );
    this.#running = Promise.all([...queues, this.#repeat('old notices', () => this.#tidy())]);
  }

  /** Ends after what is under way, which takes some seconds at most. */
  async onModuleDestroy(): Promise<void> {
    this.#stopping.abort();
    this.look();
    await this.#running;
    for (const gateway of this.parts.gateways.values()) await gateway.close();
  }

  async #repeat(what: string, step: () => Promise<Rest>): Promise<void> {
    const { signal } = this.#stopping;
    const wake = new Wake();
    this.#wakes.push(wake);
    while (!signal.aborted) {
      const { milliseconds, isFirm } = await step().catch((error: unknown) => {
        this.#log.warn(`${what}: ${error instanceof Error ? error.message : String(error)}`);
        return { milliseconds: faultPause, isFirm: true };
      });
      if (signal.aborted) return;
      if (!isFirm) await wake.wait(milliseconds);
      // It ends early with the process alone.
      else await pause(milliseconds, undefined, { signal }).catch(() => undefined);
    }
  }

  async #sendDue(name: string, gateway: NoticeGateway): Promise<Rest> {
    const due = await this.parts.book.lease(name, gateway.width);
    if (due.length === 0) return { milliseconds: this.#lookEvery, isFirm: false };
    const holds = await Promise.all(due.map((notice) => this.#attempt(notice, name, gateway)));
    return { milliseconds: Math.max(gateway.pause, ...holds), isFirm: true };
  }

  /** @returns for how long nothing is to be sent over this gateway, milliseconds. */
  async #attempt(notice: LeasedNotice, name: string, gateway: NoticeGateway): Promise<number> {
    const to = name.startsWith('robot/') ? '' : await this.parts.addressOf(notice, name);
    const outcome: Outcome =
      to === undefined
        ? { failure: { code: 'no_recipient', words: 'no address of the recipient is known' }, isFinal: true }
        : await gateway.send({ ...notice, to });
    const now = this.parts.clock.now();
    const attempted = afterAttempt(notice, outcome, now);
    await this.parts.book.record(notice, attempted);
    if (outcome.failure) {
      const { code, words } = outcome.failure;
      this.#log.warn(`notice ${notice.noticeId} by ${channelOf(name)}: ${code}, ${words}; ${attempted.state}`);
    }
    return outcome.holdFor ?? 0;
  }

  async #tidy(): Promise<Rest> {
    await this.parts.book.expire();
    await this.parts.book.forgetBefore(this.parts.clock.now() - forgetAfter);
    return { milliseconds: tidyEvery, isFirm: true };
  }
}

/** How an attempt leaves a notice: it is tried again as long as anybody has use for it. */
export function afterAttempt(
  { tries, dueAt, expiresAt }: Pick<LeasedNotice, 'tries' | 'dueAt' | 'expiresAt'>,
  { failure, holdFor, isFinal }: Outcome,
  now: number,
  random = Math.random(),
): Attempted {
  if (!failure) return { state: 'sent', dueAt };
  const next = isFinal ? undefined : nextAttemptAt(tries, now, holdFor, random, noticeDelays);
  if (next === undefined || next >= expiresAt) return { state: 'failed', failure };
  return { state: 'waiting', dueAt: next, failure };
}
