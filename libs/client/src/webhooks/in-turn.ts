/** Does one thing after another for each key. */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>();

  /** @throws what `act` throws; whoever comes next is not kept by it. */
  async run<T>(key: string, act: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(act, act);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
