/** How much more a process may take in hand, over all of its endpoints. */
export class Room {
  #taken = 0;

  /** @param most deliveries in hand at once: bodies of under 20 kB each */
  constructor(private readonly most: number) {}

  /**
   * Nobody is given more than what he then holds would be left free besides (a dynamic threshold, as switches share their buffers by): a few that
   * are slow leave room for those that are not, and for those that come. One is always given to who has none.
   * @param held what the endpoint has in hand already
   * @returns how many of `wanted` there is room for; given back one by one.
   */
  take(wanted: number, held: number): number {
    const share = Math.floor((this.most - this.#taken - held) / 2);
    const given = Math.max(0, Math.min(wanted, Math.max(share, held === 0 ? 1 : 0)));
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
