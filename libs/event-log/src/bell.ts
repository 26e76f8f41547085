/** Rung when the log may have grown. A ring says no more than "look": who listens reads on from where he stands. */
export class Bell {
  readonly #listeners = new Set<() => void>();

  readonly ring = (): void => {
    for (const listener of this.#listeners) listener();
  };

  /** @returns how to stop listening. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
