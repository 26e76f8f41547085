import { Logger } from '@nestjs/common';
import { Wake } from '@yizhan/event-log';
import { attemptOf } from './attempt.js';
import { type ActiveRow, mostPending } from './deliveries.repository.js';
import type { Answer } from './endpoint-client.js';
import { EndpointFortune } from './endpoint-fortune.js';
import type { EndpointParts, Held } from './endpoint-parts.js';
import { bodyOf, headersOf, webhookIdOf } from './message.js';
import { nextAttemptAt, readRetryAfter } from './retry-schedule.js';
import { keysAt } from './senders.js';

/** The place in the log is kept so often where nothing of it is wanted. */
const keptEvery = 1_000;
const idle = 5_000;
const faultPause = 1_000;
const busyPause = 50;

/**
 * The queue of one endpoint in this process: takes what is due and what is new in the log, sends it, and leaves the endpoint alone
 * while that fails. It waits for nobody else's endpoint, and nobody waits for it.
 */
export class Endpoint {
  readonly #log = new Logger('deliveries');
  readonly #wake = new Wake();
  readonly #queue: Held[] = [];
  /** Positions of what is under way. */
  readonly #inFlight = new Set<number>();
  #row: ActiveRow;
  #position: number;
  #isDue = true;
  #isAtHead = false;
  readonly #fortune: EndpointFortune;
  #isStopped = false;
  readonly #running: Promise<void>;

  constructor(
    row: ActiveRow,
    private readonly parts: EndpointParts,
  ) {
    this.#row = row;
    this.#position = row.position;
    this.#fortune = new EndpointFortune(
      row,
      (fortune) => this.parts.deliveries.saveFortune(row.subscription_id, row.version, fortune),
      (error) => this.#warn(error),
    );
    this.#running = this.#run();
  }

  get version(): number {
    return this.#row.version;
  }

  get inHand(): number {
    return this.#queue.length + this.#inFlight.size;
  }

  /**
   * What the row says; what other processes have found out of the endpoint is in it.
   * @param readAt when it was asked for, by `performance.now`
   */
  update(row: ActiveRow, readAt: number): void {
    this.#row = row;
    this.#fortune.update(row, readAt);
    if (row.has_due) this.#isDue = true;
    if (row.position > this.#position) this.#position = row.position;
    this.#wake.ring();
  }

  /** The log may have grown. */
  look(): void {
    this.#isAtHead = false;
    this.#wake.ring();
  }

  /** Sends nothing more, and gives back what it has not begun. What is under way has a moment to end. */
  async stop(patience: number): Promise<void> {
    this.#isStopped = true;
    this.#wake.ring();
    await this.#running;
    const begun = this.#takeBack();
    const deadline = performance.now() + patience;
    while (this.#inFlight.size > 0 && performance.now() < deadline) await new Promise((next) => setTimeout(next, 20));
    const unended = [...begun, ...this.#inFlight];
    await this.parts.client.close();
    await this.parts.outcomes.settled();
    await this.#release(unended);
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      try {
        const pause = await this.#fill();
        if (pause > 0) await this.#wake.wait(pause);
      } catch (error) {
        this.#warn(error);
        this.#isDue = true;
        this.#isAtHead = false;
        await this.#wake.wait(faultPause);
      }
    }
  }

  /** Takes in hand what there is room for. @returns for how long there is nothing more to do, milliseconds. */
  async #fill(): Promise<number> {
    const { clock, room, deliveries } = this.parts;
    const { heldUntil } = this.#fortune;
    if (heldUntil !== null && clock.now() < heldUntil) return idle;
    const { capacity } = this.#fortune;
    const free = capacity - this.inHand;
    // Half a queue at a time: a statement for each delivery would cost more than sending it.
    if (free < Math.max(1, capacity / 2)) return idle;
    const given = room.take(free);
    if (given === 0) return idle;
    let used = 0;
    try {
      const { per_second, subscription_id } = this.#row;
      const mayAsk = this.#isDue || !this.#isAtHead;
      const turns =
        per_second === null || !mayAsk ? given : await deliveries.takeTurns(subscription_id, per_second, given);
      if (turns === 0) return busyPause;
      const due = this.#isDue ? await this.#lease(turns) : [];
      used = due.length;
      this.#enqueue(due);
      if (used < turns && !this.#isAtHead && !this.#isFull) {
        const made = await this.#read(turns - used);
        if (made === undefined) return busyPause;
        used += made.length;
        this.#enqueue(made);
      }
      return used > 0 || (!this.#isAtHead && !this.#isFull) ? 0 : idle;
    } finally {
      room.giveBack(given - used);
    }
  }

  async #lease(limit: number): Promise<Held[]> {
    const { deliveries, clock, owner, settings } = this.parts;
    const since = performance.now();
    const { subscription_id, ordered } = this.#row;
    this.#isDue = false;
    const leased = await deliveries.lease(subscription_id, ordered, limit, {
      now: clock.now(),
      owner,
      lease: settings.lease,
    });
    if (leased.length === limit) this.#isDue = true;
    return leased.map((each) => ({ ...each, since }));
  }

  /** Makes deliveries of what is new. Those in order are leased like any other; the rest is in hand at once. */
  async #read(limit: number): Promise<Held[] | undefined> {
    const { log, tail, deliveries, clock, owner, settings } = this.parts;
    const from = this.#position;
    const { ordered } = this.#row;
    // Whoever tells of more while this is read must not go unheard.
    this.#isAtHead = true;
    const { to, wanted, isHead } = await log.read(tail, from, ordered ? mostPending : limit);
    if (!isHead) this.#isAtHead = false;
    if (wanted.length === 0 && to - this.#row.position < keptEvery) {
      this.#position = to;
      return [];
    }
    const since = performance.now();
    const leasedBy = ordered ? undefined : { owner, lease: settings.lease };
    const last = await deliveries.make(this.#row, { from, to, deliveries: wanted }, clock.now(), leasedBy);
    if (last === undefined) {
      this.#isAtHead = false;
      await this.#readRow();
      return undefined;
    }
    this.#position = to;
    this.#row = { ...this.#row, position: to, pending: this.#row.pending + wanted.length };
    if (ordered) {
      this.#isDue = true;
      return [];
    }
    return wanted.map(({ position, eventId, document }, index) => {
      const number = last - wanted.length + index + 1;
      return { position, number, eventId, document, tries: 0, since };
    });
  }

  /** Somebody else was faster. */
  async #readRow(): Promise<void> {
    const row = await this.parts.deliveries.subscription(this.#row.subscription_id);
    if (row && row.position > this.#position) this.#position = row.position;
  }

  #enqueue(held: readonly Held[]): void {
    this.#queue.push(...held);
    this.#pump();
  }

  #pump(): void {
    const { connections, lease, within } = this.parts.settings;
    while (!this.#isStopped && this.#inFlight.size < connections) {
      const next = this.#queue.shift();
      if (!next) break;
      if (performance.now() - next.since > lease - within - 1_000) {
        // It waited for too long: its lease could end on the way.
        this.#isDue = true;
        this.parts.room.giveBack(1);
        continue;
      }
      this.#inFlight.add(next.position);
      void this.#send(next);
    }
  }

  async #send(held: Held): Promise<void> {
    try {
      await this.#attempt(held);
    } catch (error) {
      // Its lease ends by itself.
      this.#warn(error);
    }
    this.#inFlight.delete(held.position);
    this.parts.room.giveBack(1);
    this.#pump();
    if (this.inHand <= this.#fortune.capacity / 2) this.#wake.ring();
  }

  async #attempt(held: Held): Promise<void> {
    const { clock, wallClock, client, sender, onAttempt } = this.parts;
    const at = clock.now();
    const message = {
      id: webhookIdOf(held.eventId, sender.subscriptionId),
      body: bodyOf(held.document, held.position),
      number: held.number,
    };
    const keys = keysAt(sender, at);
    const timestamp = Math.floor(wallClock.now() / 1_000);
    const answer = await client.post(headersOf({ ...sender, keys }, message, timestamp), message.body);
    onAttempt(answer.failure === undefined ? 'delivered' : 'failed', answer.milliseconds / 1_000);
    await this.#conclude(held, at, answer);
  }

  async #conclude(held: Held, at: number, answer: Answer): Promise<void> {
    const { clock, outcomes } = this.parts;
    const now = clock.now();
    const common = {
      subscriptionId: this.#row.subscription_id,
      position: held.position,
      attempt: attemptOf(answer, at),
    };
    // Stopped by ourselves, not refused by the endpoint: another process sends it.
    if (this.#isStopped && answer.status === undefined) return;
    if (answer.failure === undefined) {
      this.#fortune.succeeded();
      await outcomes.record({ ...common, state: 'delivered', tries: held.tries + 1, dueAt: now });
    } else {
      const tries = held.tries + 1;
      const asked = readRetryAfter(answer.retryAfter, this.parts.wallClock.now());
      const next = nextAttemptAt(tries, now, asked);
      const retry = { state: next === undefined ? 'failed' : 'pending', tries, dueAt: next ?? now } as const;
      const isAsked = answer.status === 429 || answer.status === 503;
      this.#failed(now, isAsked ? asked : undefined);
      await outcomes.record({ ...common, ...retry });
      await this.#disableWhere(answer.status, now);
    }
    // In order, the next of the same truck has waited for this one.
    if (this.#row.ordered) this.#isDue = true;
  }

  #failed(now: number, retryAfter: number | undefined): void {
    this.#fortune.failed(now, retryAfter);
    // Left alone: what was not begun goes back, to be tried one by one.
    if (this.#fortune.heldUntil !== null) void this.#release(this.#takeBack());
  }

  /** @returns positions of what was leased and not begun. */
  #takeBack(): number[] {
    const positions = this.#queue.splice(0).map(({ position }) => position);
    this.parts.room.giveBack(positions.length);
    return positions;
  }

  async #release(positions: readonly number[]): Promise<void> {
    if (positions.length === 0) return;
    try {
      await this.parts.deliveries.release(this.#row.subscription_id, positions, this.parts.owner);
      this.#isDue = true;
    } catch (error) {
      // The leases end by themselves.
      this.#warn(error);
    }
  }

  async #disableWhere(status: number | undefined, now: number): Promise<void> {
    const { deliveries } = this.parts;
    const it = { id: this.#row.subscription_id, version: this.version };
    if (status === 410) await deliveries.disable(it, 'gone', 'its endpoint answered 410: it wants nothing more', now);
    else if (this.#fortune.isGivenUp(now))
      await deliveries.disable(it, 'failing', 'its endpoint has answered nothing rightly for a week', now);
  }

  get #isFull(): boolean {
    return this.#row.pending >= mostPending;
  }

  #warn(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.#log.warn(`subscription ${this.#row.subscription_id}: ${why}`);
  }
}
