/** A bell: whoever waits goes on at the next ring, or after a time. A ring while nobody waits is kept. */
export class Wake {
  #rung = false;
  #waiting: (() => void) | undefined;

  ring(): void {
    if (this.#waiting) this.#waiting();
    else this.#rung = true;
  }

  /** Resolves at the next ring or after `milliseconds`. */
  async wait(milliseconds: number): Promise<void> {
    if (this.#rung) {
      this.#rung = false;
      return;
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => this.#waiting?.(), milliseconds);
      this.#waiting = () => {
        clearTimeout(timer);
        this.#waiting = undefined;
        resolve();
      };
    });
  }
}
