import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '@yizhan/kernel';
import { DeliveriesRepository, type Outcome } from './deliveries.repository.js';

const mostAtOnce = 1_000;

/** Records what attempts have come to: all that have ended while one statement was under way go with the next one. */
@Injectable()
export class Outcomes {
  readonly #log = new Logger('deliveries');
  #waiting: { readonly outcome: Outcome; readonly done: (isRecorded: boolean) => void }[] = [];
  #running: Promise<void> | undefined;

  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly clock: Clock,
  ) {}

  /** @returns whether it was; where not, the delivery is another process's or this one's again when its lease ends. */
  record(outcome: Outcome): Promise<boolean> {
    return new Promise((done) => {
      this.#waiting.push({ outcome, done });
      this.#running ??= this.#run();
    });
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
      const isRecorded = await this.#write(some.map(({ outcome }) => outcome));
      for (const { done } of some) done(isRecorded);
    }
    this.#running = undefined;
  }

  async #write(outcomes: readonly Outcome[]): Promise<boolean> {
    try {
      await this.deliveries.record(outcomes, this.clock.now());
      return true;
    } catch (error) {
      // They are sent again, with the same ids, when their leases end.
      const why = error instanceof Error ? error.message : String(error);
      this.#log.warn(`${outcomes.length} attempts could not be recorded: ${why}`);
      return false;
    }
  }
}
