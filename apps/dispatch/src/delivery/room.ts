/** Deliveries that this process may have in hand at once, over all endpoints: bodies of under 20 kB each. */
const mostInHand = 2_048;

/** How much more a process may take in hand. */
export class Room {
  #taken = 0;

  /** @returns how many of `wanted` there is room for; given back one by one. */
  take(wanted: number): number {
    const given = Math.max(0, Math.min(wanted, mostInHand - this.#taken));
    this.#taken += given;
    return given;
  }

  giveBack(count: number): void {
    this.#taken -= count;
  }

  get taken(): number {
    return this.#taken;
  }
}
