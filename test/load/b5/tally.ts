/** What handling a stretch of messages has cost a process. */
export interface Cost {
  readonly messages: number;
  readonly cpuMicroseconds: number;
  readonly seconds: number;
}

/** Counts messages and measures from the end of the warm-up to the last one. */
export class Tally {
  readonly done: Promise<Cost>;
  #count = 0;
  #cpu = process.cpuUsage();
  #begun = 0;
  #resolve: (cost: Cost) => void = () => undefined;

  constructor(
    private readonly warmUp: number,
    private readonly total: number,
  ) {
    this.done = new Promise((resolve) => (this.#resolve = resolve));
  }

  readonly count = (): void => {
    this.#count += 1;
    if (this.#count === this.warmUp) this.#begin();
    if (this.#count === this.total) this.#end();
  };

  #begin(): void {
    this.#cpu = process.cpuUsage();
    this.#begun = performance.now();
  }

  #end(): void {
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#resolve({
      messages: this.total - this.warmUp,
      cpuMicroseconds: user + system,
      seconds: (performance.now() - this.#begun) / 1000,
    });
  }
}
