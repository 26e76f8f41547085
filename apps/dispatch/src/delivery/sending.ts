import { type Answer, nextAttemptAt, readRetryAfter } from '@yizhan/outgoing';
import { attemptOf } from './attempt.js';
import type { ActiveRow } from './deliveries.repository.js';
import type { EndpointFortune } from './endpoint-fortune.js';
import type { EndpointParts, Held } from './endpoint-parts.js';
import { bodyOf, headersOf, webhookIdOf } from './message.js';
import type { Outcome } from './outcome.js';
import type { Ended } from './outcomes.js';
import { Pace } from './pace.js';
import { keysAt } from './senders.js';

/** Whom the sending of an endpoint's messages tells of what it has found. */
export interface SendingListener {
  /** Something may be due that was not. */
  dueAgain(): void;
  /** Room may have become free. */
  roomFree(): void;
  warn(error: unknown): void;
}

/**
 * Sends what is in hand for one endpoint, and records what comes of it. A connection is free again with the answer; what was
 * answered stays in hand until it is recorded.
 */
export class Sending {
  readonly #queue: Held[] = [];
  /** What a connection is busy with by position, the oldest first, each with when it was begun, by `performance.now`. */
  readonly #underWay = new Map<number, { readonly held: Held; readonly begun: number }>();
  readonly #unrecorded = new Set<number>();
  readonly #pace: Pace;
  #isStopped = false;

  constructor(
    private readonly row: ActiveRow,
    private readonly parts: EndpointParts,
    private readonly fortune: EndpointFortune,
    private readonly listener: SendingListener,
  ) {
    this.#pace = new Pace(parts.settings.connections);
  }

  get inHand(): number {
    return this.#queue.length + this.#underWay.size + this.#unrecorded.size;
  }

  /** How many may be in hand, by how the endpoint fares and how fast it is. */
  get capacity(): number {
    const now = performance.now();
    const [oldest] = this.#underWay.values();
    return Math.min(this.fortune.capacity, this.#pace.reach(oldest ? now - oldest.begun : 0));
  }

  enqueue(held: readonly Held[]): void {
    this.#queue.push(...held);
    this.#pump();
  }

  /** Gives back what is more in hand than the endpoint is fast enough for by now. */
  giveBackSurplus(): void {
    const surplus = Math.min(this.inHand - this.capacity, this.#queue.length);
    if (surplus > 0) void this.#release(this.#takeBack(this.#queue.length - surplus));
  }

  /** Begins nothing more, and gives back what it has not begun. What is under way has so many milliseconds to end. */
  async stop(patience: number): Promise<void> {
    this.#isStopped = true;
    const unbegun = this.#takeBack();
    const deadline = performance.now() + patience;
    while (this.#underWay.size > 0 && performance.now() < deadline) await new Promise((next) => setTimeout(next, 20));
    const unended = [...unbegun, ...Array.from(this.#underWay.values(), ({ held }) => held)];
    await this.parts.client.close();
    await this.parts.outcomes.settled();
    await this.#release(unended);
  }

  #pump(): void {
    const { connections, lease, within } = this.parts.settings;
    while (!this.#isStopped && this.#underWay.size < connections) {
      const next = this.#queue.shift();
      if (!next) break;
      const begun = performance.now();
      if (begun - next.since > lease - within - 1_000) {
        // It waited for too long: its lease could end on the way.
        this.listener.dueAgain();
        this.parts.room.giveBack(1);
        continue;
      }
      this.#underWay.set(next.position, { held: next, begun });
      this.#send(next);
    }
  }

  /** Callbacks, as what a promise costs is a good part of what a delivery does. */
  #send(held: Held): void {
    const { clock, wallClock, client, sender } = this.parts;
    try {
      const at = clock.now();
      const message = {
        id: webhookIdOf(held.eventId, sender.subscriptionId),
        body: bodyOf(held.document, held.position),
        number: held.number,
      };
      const keys = keysAt(sender, at);
      const timestamp = Math.floor(wallClock.now() / 1_000);
      const headers = headersOf({ ...sender, keys }, message, timestamp);
      client.send(headers, message.body, (answer) => this.#answered(held, at, answer));
    } catch (error) {
      // Its lease ends by itself.
      this.listener.warn(error);
      this.#isDone(held.position);
    }
  }

  #answered(held: Held, at: number, answer: Answer): void {
    const { position } = held;
    // Nobody waits for the disk: the next message goes out on this connection meanwhile.
    this.#unrecorded.add(position);
    this.#underWay.delete(position);
    try {
      this.#pace.took(answer.milliseconds);
      this.parts.onAttempt(answer.failure === undefined ? 'delivered' : 'failed', answer.milliseconds / 1_000);
      this.#conclude(held, at, answer);
    } catch (error) {
      // Its lease ends by itself.
      this.listener.warn(error);
      this.#isDone(position);
    }
    this.#pump();
  }

  #isDone(position: number): void {
    this.#underWay.delete(position);
    this.#unrecorded.delete(position);
    this.parts.room.giveBack(1);
    this.#pump();
    if (this.inHand <= this.capacity / 2) this.listener.roomFree();
  }

  #conclude(held: Held, at: number, answer: Answer): void {
    const { position } = held;
    // Stopped by ourselves, not refused by the endpoint: another process sends it.
    if (this.#isStopped && answer.status === undefined) return this.#isDone(position);
    const { clock, outcomes, wallClock } = this.parts;
    const subscriptionId = this.row.subscription_id;
    const now = clock.now();
    const tries = held.tries + 1;
    const attempt = attemptOf(answer, at);
    if (answer.failure === undefined) {
      this.fortune.succeeded(now);
      outcomes.record(
        endedOf(held, { subscriptionId, position, state: 'delivered', tries, dueAt: now, attempt }),
        () => {
          this.#tellDue();
          this.#isDone(position);
        },
      );
      return;
    }
    const asked = readRetryAfter(answer.retryAfter, wallClock.now());
    const next = nextAttemptAt(tries, now, asked);
    const isAsked = answer.status === 429 || answer.status === 503;
    this.#failed(now, isAsked ? asked : undefined);
    const state = next === undefined ? 'failed' : 'pending';
    const outcome = endedOf(held, { subscriptionId, position, state, tries, dueAt: next ?? now, attempt });
    outcomes.record(outcome, () => {
      void this.#disableWhere(answer.status, now)
        .catch((error: unknown) => this.listener.warn(error))
        .finally(() => {
          this.#tellDue();
          this.#isDone(position);
        });
    });
  }

  /** In order, the next of the same truck has waited for this one. */
  #tellDue(): void {
    if (this.row.ordered) this.listener.dueAgain();
  }

  #failed(now: number, retryAfter: number | undefined): void {
    this.fortune.failed(now, retryAfter);
    // Left alone: what was not begun goes back, to be tried one by one.
    if (this.fortune.heldUntil !== null) void this.#release(this.#takeBack());
  }

  /** @param kept how many stay. @returns what was leased and not begun. */
  #takeBack(kept = 0): Held[] {
    const unbegun = this.#queue.splice(kept);
    this.parts.room.giveBack(unbegun.length);
    return unbegun;
  }

  async #release(unended: readonly Held[]): Promise<void> {
    if (unended.length === 0) return;
    const { deliveries, owner, clock } = this.parts;
    const subscriptionId = this.row.subscription_id;
    const now = clock.now();
    const positions = unended.flatMap(({ position, first }) => (first ? [] : [position]));
    const firsts = unended.flatMap(({ position, number, eventId, tries, first }) =>
      first
        ? [
            {
              ...first,
              subscriptionId,
              position,
              number,
              eventId,
              tries,
              state: 'pending' as const,
              dueAt: now,
              attempt: null,
            },
          ]
        : [],
    );
    try {
      await Promise.all([
        deliveries.release(subscriptionId, positions, owner),
        firsts.length === 0 ? undefined : deliveries.batches.store(firsts, now),
      ]);
      this.listener.dueAgain();
    } catch (error) {
      // The leases end by themselves.
      this.listener.warn(error);
    }
  }

  async #disableWhere(status: number | undefined, now: number): Promise<void> {
    const { deliveries } = this.parts;
    const it = { id: this.row.subscription_id, version: this.row.version };
    if (status === 410) await deliveries.disable(it, 'gone', 'its endpoint answered 410: it wants nothing more', now);
    else if (this.fortune.isGivenUp(now))
      await deliveries.disable(it, 'failing', 'its endpoint has answered nothing rightly for a week', now);
  }
}

/** Property by property: spread, an object costs more to make than all else that is done with an answer. */
function endedOf({ number, eventId, first }: Held, outcome: Outcome): Ended {
  if (first === undefined) return outcome;
  const { subscriptionId, position, state, tries, dueAt, attempt } = outcome;
  const { batch, type } = first;
  return { subscriptionId, position, state, tries, dueAt, attempt, batch, type, number, eventId };
}
