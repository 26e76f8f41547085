import { percentile, printResult, ratioOf, rounded, spreadOf, tell } from '../ground/figures.js';
import { AgedProduct } from './aged-product.js';
import { EventWatch } from './event-watch.js';
import { hotPaths, noTimes, type Times, timeTruck } from './hot-paths.js';
import { holdSnapshot } from './old-snapshot.js';

export interface B6Options {
  readonly rounds: number;
  /** Past of the younger product; the older one has ten times as many. */
  readonly trucks: number;
  /** Led one after the other in a round. */
  readonly timed: number;
  /** Events a second beside a snapshot. */
  readonly rate: number;
  readonly snapshotSeconds: number;
  readonly data?: string | undefined;
}

const warmUp = 40;
const goal = 1.1;
const times = 10;

/** Two products of which one has ten times the past, in turns; then the older one while a snapshot is held. */
export async function runB6({ rounds, trucks, timed, rate, snapshotSeconds, data }: B6Options): Promise<void> {
  const young = await AgedProduct.start(trucks, data);
  try {
    const old = await AgedProduct.start(trucks * times, data);
    try {
      const events = { young: await young.events(), old: await old.events() };
      tell(`one log has ${events.young} events, the other ${events.old}`);
      const [ofYoung, ofOld] = await inTurns(young, old, rounds, timed);
      const paths = hotPaths.map((path) => {
        const [peer, product] = [ofYoung.p95[path], ofOld.p95[path]];
        // A round has too few trucks for its own p95 to tell a tenth: that of all of them together does.
        const ratio = rounded(percentile(ofOld.all[path], 0.95) / percentile(ofYoung.all[path], 0.95));
        const { rounds: ofRounds } = ratioOf(product, peer, goal);
        const spread = { rounds: ofRounds, young: spreadOf(peer), old: spreadOf(product) };
        return [path, { ratio, goal, met: ratio <= goal, ...spread }] as const;
      });
      printResult({
        bench: 'b6',
        events,
        rounds,
        timed,
        p95: Object.fromEntries(paths),
        met: paths.every(([, { met }]) => met),
      });
      if (snapshotSeconds > 0) {
        printResult({ bench: 'b6', snapshot: await holdSnapshot(old, { rate, seconds: snapshotSeconds }) });
      }
    } finally {
      await old.stop();
    }
  } finally {
    await young.stop();
  }
}

interface Taken {
  /** In each round the 95th percentile. */
  readonly p95: Times;
  /** Of every truck of every round. */
  readonly all: Times;
}

/**
 * How long each path took, milliseconds. The products take turns with every truck, and so does who begins:
 * one that was left alone for a while is slower at first.
 */
async function inTurns(
  young: AgedProduct,
  old: AgedProduct,
  rounds: number,
  timed: number,
): Promise<readonly [Taken, Taken]> {
  const both = [
    { aged: young, watch: await EventWatch.open(young), p95: noTimes(), all: noTimes() },
    { aged: old, watch: await EventWatch.open(old), p95: noTimes(), all: noTimes() },
  ] as const;
  const lead = async (trucks: number): Promise<readonly Times[]> => {
    const taken = both.map(noTimes);
    for (let truck = 0; truck < trucks; truck += 1) {
      const turns = both.map(
        ({ aged, watch }, index) =>
          () =>
            timeTruck(aged, watch, truck, taken[index] ?? noTimes()),
      );
      for (const turn of truck % 2 === 0 ? turns : turns.toReversed()) await turn();
    }
    return taken;
  };
  await lead(warmUp);
  for (let round = 1; round <= rounds; round += 1) {
    const taken = await lead(timed);
    for (const [index, { p95, all }] of both.entries()) {
      for (const path of hotPaths) {
        const ofRound = taken[index]?.[path] ?? [];
        p95[path].push(rounded(percentile(ofRound, 0.95)));
        all[path].push(...ofRound);
      }
    }
    const [first, second] = both.map(({ p95 }) => p95.arrive.at(-1));
    tell(`round ${round}: an arrival takes ${first} ms at p95, and ${second} ms with ${times} times the past`);
  }
  for (const { watch } of both) watch.close();
  return both;
}
