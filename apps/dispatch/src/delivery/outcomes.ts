import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '@yizhan/kernel';
import { DeliveriesRepository, type Outcome } from './deliveries.repository.js';

const mostAtOnce = 1_000;

/** Records what attempts have come to: all that have ended while one statement was under way go with the next one. */
@Injectable()
export class Outcomes {
  readonly #log = new Logger('deliveries');
  #waiting: { readonly outcome: Outcome; readonly done: () => void }[] = [];
  #running: Promise<void> | undefined;

  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly clock: Clock,
  ) {}

  /** @param done called when it was, or could not be: the delivery is then another process's or this one's again when its lease ends */
  record(outcome: Outcome, done: () => void): void {
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
    }
    this.#running = undefined;
  }

  async #write(outcomes: readonly Outcome[]): Promise<void> {
    try {
      await this.deliveries.record(outcomes, this.clock.now());
    } catch (error) {
      // They are sent again, with the same ids, when their leases end.
      const why = error instanceof Error ? error.message : String(error);
      this.#log.warn(`${outcomes.length} attempts could not be recorded: ${why}`);
    }
  }
}
