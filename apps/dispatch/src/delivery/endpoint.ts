import { Logger } from '@nestjs/common';
import { Wake } from '@yizhan/event-log';
import { Batch } from './batch.js';
import { type ActiveRow, mostPending } from './deliveries.repository.js';
import { EndpointFortune } from './endpoint-fortune.js';
import type { EndpointParts, Held } from './endpoint-parts.js';
import type { WantedEvent } from './log-part.js';
import { Sending } from './sending.js';

/** The place in the log is kept so often where nothing of it is wanted. */
const keptEvery = 1_000;
const idle = 5_000;
const faultPause = 1_000;
const busyPause = 50;
const keyedAtOnce = 500;

/**
 * The queue of one endpoint in this process: takes what is due and what is new in the log, sends it, and leaves the endpoint alone
 * while that fails. It waits for nobody else's endpoint, and nobody waits for it.
 */
export class Endpoint {
  readonly #log = new Logger('deliveries');
  readonly #wake = new Wake();
  readonly #fortune: EndpointFortune;
  readonly #sending: Sending;
  readonly #running: Promise<void>;
  #row: ActiveRow;
  #position: number;
  #isDue = true;
  #isAtHead = false;
  /** Whether something may have been made before order was asked for. */
  #isUnkeyed = true;
  /** Whether there may be a batch that nobody has in hand any more or, where order was asked for, any. */
  #mayBeBatches = true;
  /** Where only one may be sent, what is due and what is new take turns. */
  #isDuesTurn = false;
  #isStopped = false;

  constructor(
    row: ActiveRow,
    private readonly parts: EndpointParts,
  ) {
    this.#row = row;
    this.#position = row.position;
    const warn = (error: unknown): void => this.#warn(error);
    this.#fortune = new EndpointFortune(
      row,
      (fortune) => this.parts.deliveries.saveFortune(row.subscription_id, row.version, fortune),
      warn,
    );
    this.#sending = new Sending(row, parts, this.#fortune, {
      dueAgain: () => (this.#isDue = true),
      roomFree: () => this.#wake.ring(),
      warn,
    });
    this.#running = this.#run();
  }

  get version(): number {
    return this.#row.version;
  }

  /**
   * What the row says; what other processes have found out of the endpoint is in it.
   * @param readAt when it was asked for, by `performance.now`
   */
  update(row: ActiveRow, readAt: number): void {
    this.#row = row;
    this.#fortune.update(row, readAt);
    if (row.has_due) this.#isDue = true;
    if (row.has_unkeyed) this.#isUnkeyed = true;
    if (row.has_abandoned) this.#isDue = this.#mayBeBatches = true;
    this.#sending.giveBackSurplus();
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
    await this.#sending.stop(patience);
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
    const { clock, room } = this.parts;
    const { heldUntil } = this.#fortune;
    if (heldUntil !== null && clock.now() < heldUntil) return idle;
    if (!this.#isDue && (this.#isAtHead || this.#isFull)) return idle;
    const { capacity, inHand } = this.#sending;
    const free = capacity - inHand;
    // Half a queue at a time: a statement for each delivery would cost more than sending it.
    if (free < Math.max(1, capacity / 2)) return idle;
    const given = room.take(free, inHand);
    if (given === 0) return idle;
    let [turns, used] = [0, 0];
    try {
      turns = await this.#takeTurns(given);
      if (turns === 0) return busyPause;
      const forDue = this.#shareOfDue(turns);
      const due = this.#isDue && forDue > 0 ? await this.#lease(forDue) : [];
      used = due.length;
      this.#sending.enqueue(due);
      if (used < turns && !this.#isAtHead && !this.#isFull) {
        const made = await this.#read(turns - used);
        if (made === undefined) return busyPause;
        used += made.length;
        this.#sending.enqueue(made);
      }
      return used > 0 || forDue < turns || (!this.#isAtHead && !this.#isFull) ? 0 : idle;
    } finally {
      room.giveBack(given - used);
      await this.#giveBackTurns(turns - used);
    }
  }

  /** How many of `wanted` may be sent now. */
  async #takeTurns(wanted: number): Promise<number> {
    const { per_second, subscription_id } = this.#row;
    return per_second === null ? wanted : this.parts.deliveries.takeTurns(subscription_id, per_second, wanted);
  }

  /** Looking costs none: what there was nothing to send for is there for what comes next. */
  async #giveBackTurns(count: number): Promise<void> {
    const { per_second, subscription_id } = this.#row;
    if (per_second === null || count === 0) return;
    await this.parts.deliveries.giveBackTurns(subscription_id, per_second, count);
  }

  /** What is due again, also that of a replay, does not hold up what is new. In order it goes before: it is older. */
  #shareOfDue(turns: number): number {
    if (this.#row.ordered || this.#isAtHead || this.#isFull) return turns;
    this.#isDuesTurn = !this.#isDuesTurn;
    return turns === 1 ? Number(this.#isDuesTurn) : Math.ceil(turns / 2);
  }

  async #lease(limit: number): Promise<Held[]> {
    const { deliveries, clock, owner, settings } = this.parts;
    if (this.#mayBeBatches && !(await this.#takeApart())) return [];
    if (this.#row.ordered && this.#isUnkeyed) await this.#giveKeys();
    const since = performance.now();
    this.#isDue = false;
    const leased = await deliveries.lease(this.#row, limit, { now: clock.now(), owner, lease: settings.lease });
    if (leased.length === limit) this.#isDue = true;
    return leased.map((each) => ({ ...each, since }));
  }

  /**
   * What a process had in hand that is gone becomes rows.
   * @returns whether anything may be leased: in order nothing before all that was made without it has rows.
   */
  async #takeApart(): Promise<boolean> {
    const remaining = await this.parts.deliveries.batches.takeApart(this.#row.subscription_id);
    this.#mayBeBatches = this.#row.ordered && remaining > 0;
    this.#isUnkeyed = true;
    // It is looked at again when the row is.
    if (this.#mayBeBatches) this.#isDue = false;
    return !this.#mayBeBatches;
  }

  /** What was made before order was asked for gets its place in it. */
  async #giveKeys(): Promise<void> {
    const { deliveries, log } = this.parts;
    const id = this.#row.subscription_id;
    for (let isMore = true; isMore;) {
      const some = await deliveries.unkeyed(id, keyedAtOnce);
      const keys = await log.orderKeys(some);
      await deliveries.giveKeys(
        id,
        some.map(({ position }) => position),
        keys,
      );
      isMore = some.length === keyedAtOnce;
    }
    this.#isUnkeyed = false;
  }

  /** Makes deliveries of what is new. Those in order are leased like any other; the rest is in hand at once. */
  async #read(limit: number): Promise<Held[] | undefined> {
    const { log, tail } = this.parts;
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
    const made = ordered ? await this.#makeRows(from, to, wanted) : await this.#makeBatch(from, to, wanted);
    if (made === undefined) {
      this.#isAtHead = false;
      await this.#readRow();
      return undefined;
    }
    this.#position = to;
    this.#row = { ...this.#row, position: to };
    return made;
  }

  async #makeRows(from: number, to: number, wanted: readonly WantedEvent[]): Promise<Held[] | undefined> {
    const { deliveries, clock } = this.parts;
    if (!(await deliveries.make(this.#row, { from, to, deliveries: wanted }, clock.now()))) return undefined;
    this.#row = { ...this.#row, waiting: this.#row.waiting + wanted.length };
    this.#isDue = true;
    return [];
  }

  async #makeBatch(from: number, to: number, wanted: readonly WantedEvent[]): Promise<Held[] | undefined> {
    const { deliveries, clock, owner, settings } = this.parts;
    const since = performance.now();
    const positions = wanted.map(({ position }) => position);
    const leasedBy = { now: clock.now(), owner, lease: settings.lease };
    const last = await deliveries.batches.make(this.#row, { from, to, positions }, leasedBy);
    if (last === undefined) return undefined;
    const firstNumber = last - wanted.length + 1;
    const batch = new Batch(this.#row.subscription_id, firstNumber, positions);
    return wanted.map(({ position, eventId, type, document }, index) => {
      return { position, number: firstNumber + index, eventId, document, tries: 0, since, first: { batch, type } };
    });
  }

  /** Somebody else was faster. */
  async #readRow(): Promise<void> {
    const row = await this.parts.deliveries.subscription(this.#row.subscription_id);
    if (row && row.position > this.#position) this.#position = row.position;
  }

  get #isFull(): boolean {
    return this.#row.waiting >= mostPending;
  }

  #warn(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    this.#log.warn(`subscription ${this.#row.subscription_id}: ${why}`);
  }
}
