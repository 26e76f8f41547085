import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { DeliveriesRepository } from './deliveries.repository.js';
import { DeliveryPorts } from './delivery-ports.js';
import type { FirstOutcome, Outcome } from './outcome.js';

const mostAtOnce = 1_000;
/** So many are worth a statement of their own; fewer wait a moment for others, as what a statement and its commit cost hardly grows. */
const worthIt = 256;

/** What an attempt has come to: of a delivery that has a row, or that only its batch stands for. */
export type Ended = Outcome | (FirstOutcome & Outcome);

/**
 * Records what attempts have come to: the first at once, and all that have ended while a statement was under way and in a moment
 * after it go with the next one.
 */
@Injectable()
export class Outcomes {
  readonly #log = new Logger('deliveries');
  #waiting: { readonly outcome: Ended; readonly done: () => void }[] = [];
  #running: Promise<void> | undefined;

  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly ports: DeliveryPorts,
  ) {}

  /** @param done called when it was, or could not be: the delivery is then another process's or this one's again when its lease ends */
  record(outcome: Ended, done: () => void): void {
    this.#waiting.push({ outcome, done });
    this.#running ??= this.#run();
  }

  /** Everything that was handed over so far. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // What ends in this turn of the event loop goes together.
    await new Promise((next) => setImmediate(next));
    while (this.#waiting.length > 0) {
      const some = this.#waiting.splice(0, mostAtOnce);
      await this.#write(some.map(({ outcome }) => outcome));
      for (const { done } of some) done();
      if (this.#waiting.length < worthIt) await pause(this.ports.settings.gatherFor);
    }
    this.#running = undefined;
  }

  async #write(outcomes: readonly Ended[]): Promise<void> {
    const firsts = outcomes.filter((each) => 'batch' in each);
    const others = outcomes.filter((each) => !('batch' in each));
    await Promise.all([
      this.#attempt(outcomes.length - firsts.length, () => this.#record(others)),
      this.#attempt(firsts.length, async () =>
        this.#record(await this.deliveries.batches.store(firsts, this.ports.clock.now())),
      ),
    ]);
  }

  async #record(outcomes: readonly Outcome[]): Promise<void> {
    const { clock, owner } = this.ports;
    if (outcomes.length > 0) await this.deliveries.record(outcomes, clock.now(), owner);
  }

  async #attempt(count: number, write: () => Promise<void>): Promise<void> {
    try {
      if (count > 0) await write();
    } catch (error) {
      // They are sent again, with the same ids, when their leases end.
      const why = error instanceof Error ? error.message : String(error);
      this.#log.warn(`${count} attempts could not be recorded: ${why}`);
    }
  }
}
