import type { Operation } from './operations.js';

/** How many requests were answered how. */
export class FuzzTally {
  readonly #byOperation = new Map<string, Map<number, number>>();
  readonly #begun = performance.now();

  count({ method, path }: Operation, status: number): void {
    const name = `${method} ${path}`;
    const counts = this.#byOperation.get(name) ?? new Map<number, number>();
    counts.set(status, (counts.get(status) ?? 0) + 1);
    this.#byOperation.set(name, counts);
  }

  get requests(): number {
    return [...this.#byOperation.values()].flatMap((counts) => [...counts.values()]).reduce((sum, n) => sum + n, 0);
  }

  tell(where: string): void {
    const classes = [1, 2, 3, 4, 5].flatMap((first) => {
      const n = this.#sumOf((status) => Math.floor(status / 100) === first);
      return n === 0 ? [] : [`${first}xx ${n}`];
    });
    const seconds = Math.round((performance.now() - this.#begun) / 1_000);
    this.write(`${where}: ${this.requests} requests in ${seconds} s, ${classes.join(', ')}`);
  }

  /** How each operation answered, or only those that have accepted nothing. */
  tellOperations(all: boolean): void {
    for (const [name, counts] of this.#byOperation) {
      const statuses = [...counts].toSorted(([a], [b]) => a - b);
      const isNeverAccepted = statuses.every(([status]) => status >= 300);
      if (all) this.write(`${name}: ${statuses.map(([status, n]) => `${status} ×${n}`).join(', ')}`);
      else if (isNeverAccepted) this.write(`${name} has accepted nothing`);
    }
  }

  /** On stderr, while it goes on. */
  write(line: string): void {
    process.stderr.write(`fuzz: ${line}\n`);
  }

  #sumOf(which: (status: number) => boolean): number {
    return [...this.#byOperation.values()]
      .flatMap((counts) => [...counts])
      .reduce((sum, [status, n]) => sum + (which(status) ? n : 0), 0);
  }
}
