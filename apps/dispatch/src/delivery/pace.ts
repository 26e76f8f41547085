/** What an endpoint is given at once is what it takes in about this time, milliseconds. */
const ahead = 1_000;
/** How much the newest attempt counts. */
const weight = 1 / 8;

/** How long the attempts of one endpoint take, and so how much of it is worth having in hand. */
export class Pace {
  #mean = 0;

  /** @param connections messages that are under way to it at once */
  constructor(private readonly connections: number) {}

  took(milliseconds: number): void {
    this.#mean += (milliseconds - this.#mean) * weight;
  }

  /**
   * As many as it answers in a second, and never less than its connections are busy with.
   * @param oldest since when the oldest message is under way, milliseconds: who hangs has no durations to tell of
   */
  reach(oldest: number): number {
    const duration = Math.max(this.#mean, oldest, 1);
    return Math.max(this.connections, Math.floor((this.connections * ahead) / duration));
  }
}
