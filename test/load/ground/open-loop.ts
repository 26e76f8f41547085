import { setTimeout as pause } from 'node:timers/promises';

/** When each of the writes is to begin, in milliseconds from the start: as people and trucks come, independent of one another. */
export function arrivals(perSecond: number, seconds: number, seed: number): number[] {
  const random = generator(seed);
  const instants: number[] = [];
  for (let at = 0; ;) {
    at += (-Math.log(1 - random()) / perSecond) * 1000;
    if (at >= seconds * 1000) return instants;
    instants.push(at);
  }
}

/** Begins each piece of work at its instant, whether or not those before it are done. Resolves when all are. */
export async function openLoop(instants: readonly number[], work: (index: number) => Promise<void>): Promise<void> {
  const begun = performance.now();
  const underWay: Promise<void>[] = [];
  for (const [index, instant] of instants.entries()) {
    const wait = begun + instant - performance.now();
    if (wait > 0.5) await pause(wait);
    underWay.push(work(index));
  }
  await Promise.all(underWay);
}

/** The same numbers for the same seed, from 0 up to 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
