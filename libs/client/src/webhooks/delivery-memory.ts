import type { DeliveryRuns } from './delivery-runs.js';

/** What a receiver has to know again after it was away. Keep it where you keep what events lead to. */
export interface DeliveryMemory {
  /**
   * Runs `handle`, unless the event with this id was handled before, and keeps the id. In one transaction with what `handle` writes,
   * where there is one: else an end of the process between the two has the event handled again. The id is not kept where it throws.
   * @returns whether it ran
   */
  once(eventId: string, handle: () => Promise<void>): Promise<boolean>;
  /** What has come of a subscription, as it was kept last. */
  readRuns(subscriptionId: string): Promise<DeliveryRuns | undefined>;
  keepRuns(subscriptionId: string, runs: DeliveryRuns): Promise<void>;
}

/** Remembers for as long as the process lives: for trying out and for tests. */
export class ProcessMemory implements DeliveryMemory {
  readonly #handled = new Set<string>();
  readonly #runs = new Map<string, DeliveryRuns>();

  async once(eventId: string, handle: () => Promise<void>): Promise<boolean> {
    if (this.#handled.has(eventId)) return false;
    await handle();
    this.#handled.add(eventId);
    return true;
  }

  readRuns(subscriptionId: string): Promise<DeliveryRuns | undefined> {
    return Promise.resolve(this.#runs.get(subscriptionId));
  }

  keepRuns(subscriptionId: string, runs: DeliveryRuns): Promise<void> {
    this.#runs.set(subscriptionId, runs);
    return Promise.resolve();
  }
}
