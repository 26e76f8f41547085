import type { LoggedEvent } from './logged-event.js';

/** Choices of the newest entries that are remembered: of as many kinds of clients, at most 64 kB and a frame each. */
const kept = 64;

/**
 * What live streams send, made once for all clients that are sent the same: joining and encoding twenty frames anew for each of
 * thousands of clients would cost as much again as sending them.
 */
export class SharedFrames {
  #newest = 0;
  readonly #known = new Map<string, Buffer>();

  /** @param entries in the order of the log, at least one. @returns their frames, which nobody may change. */
  of(entries: readonly LoggedEvent[]): Buffer {
    const [first, last] = [entries[0]?.position ?? 0, entries.at(-1)?.position ?? 0];
    // Without a hole the ends tell it all, which is how nearly everybody is sent them.
    const key =
      last - first + 1 === entries.length ? `${first}-${last}` : entries.map(({ position }) => position).join();
    const known = this.#known.get(key);
    if (known) return known;
    if (last > this.#newest || this.#known.size >= kept) this.#known.clear();
    this.#newest = Math.max(this.#newest, last);
    const frames = Buffer.from(entries.map(({ frame }) => frame).join(''));
    this.#known.set(key, frames);
    return frames;
  }
}
