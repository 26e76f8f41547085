interface Waiter {
  readonly holds: () => boolean;
  readonly resolve: () => void;
}

/** Those who wait until something holds. */
export class Waiting {
  #waiters: Waiter[] = [];

  /** Resolves once `holds` is found true, now or at a look. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push({ holds, resolve });
      this.look();
    });
  }

  /** Something has changed. */
  look(): void {
    if (this.#waiters.length === 0) return;
    const over = this.#waiters.filter(({ holds }) => holds());
    this.#waiters = this.#waiters.filter((waiter) => !over.includes(waiter));
    for (const { resolve } of over) resolve();
  }
}
