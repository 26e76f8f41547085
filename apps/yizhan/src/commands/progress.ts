import { tell } from './screen.js';

const lineEvery = 0.1;

/** A bar where stderr is a terminal, else a line at each tenth of what takes long. */
export class Progress {
  #bar: { update(value: number): void; setTotal(total: number): void; stop(): void } | undefined;
  #told = 0;
  #total = 1;

  private constructor(
    private readonly label: string,
    private readonly begun = performance.now(),
  ) {}

  static async start(label: string, total: number): Promise<Progress> {
    const progress = new Progress(label);
    progress.#total = Math.max(total, 1);
    if (process.stderr.isTTY) {
      const { SingleBar } = await import('cli-progress');
      const bar = new SingleBar({
        format: `${label} {bar} {percentage} % | {value}/{total}`,
        stream: process.stderr,
        hideCursor: true,
        clearOnComplete: true,
      });
      bar.start(progress.#total, 0);
      progress.#bar = bar;
    }
    return progress;
  }

  /** @param total where it was not known at the start. */
  update(done: number, total = this.#total): void {
    if (total !== this.#total) {
      this.#total = Math.max(total, 1);
      this.#bar?.setTotal(this.#total);
    }
    if (this.#bar) return this.#bar.update(Math.min(done, this.#total));
    const share = done / this.#total;
    // What is over in a moment needs no lines.
    if (share < this.#told + lineEvery || performance.now() - this.begun < 2_000) return;
    this.#told = Math.floor(share / lineEvery) * lineEvery;
    tell(`${this.label}: ${Math.min(100, Math.round(share * 100))} %`);
  }

  stop(): void {
    this.#bar?.stop();
  }
}
