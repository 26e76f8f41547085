import { LiveAssignment } from '@yizhan/assignment';
import { percentile, printResult, ratioOf, rounded, tell } from '../ground/figures.js';
import { cpuSecondsOf, startScipy } from './peer.js';
import { RelayDay } from './relay-day.js';
import { type EventKind, RelayEvents } from './relay-events.js';
import type { Scipy } from './scipy.js';

export interface A3Options {
  readonly events: number;
}

const sizes = [
  { trucks: 1000, drivers: 1100, stations: 20, goal: 1 / 100 },
  { trucks: 5000, drivers: 5500, stations: 90, goal: 1 / 1000 },
] as const;

type Size = (typeof sizes)[number];

const together = 100;

/** Events one by one against scipy from scratch, whose total must be the same at every 100th. */
export async function runA3({ events }: A3Options): Promise<void> {
  const scipy = await startScipy();
  try {
    for (const size of sizes) await measure(size, events, scipy);
  } finally {
    await scipy.close();
  }
}

async function measure({ trucks, drivers, stations, goal }: Size, events: number, scipy: Scipy): Promise<void> {
  const live = new LiveAssignment();
  const day = RelayEvents.begin(live, new RelayDay(stations, trucks + drivers), trucks, drivers);
  const product: number[] = [];
  const peer: number[] = [];
  const wall = new Map<EventKind, number[]>();
  const rounds = Math.ceil(events / together);
  for (let round = -1; round < rounds; round += 1) {
    const list = Array.from({ length: together }, () => day.next());
    const ours = cpuSecondsOf(1, () => {
      for (const { kind, happen } of list) {
        const began = performance.now();
        happen();
        const took = performance.now() - began;
        if (round >= 0)
          wall
            .set(kind, wall.get(kind) ?? [])
            .get(kind)
            ?.push(took * 1000);
      }
    });
    const theirs = await fromScratch(live, scipy);
    if (theirs.total !== live.totalCost)
      throw new Error(`After ${(round + 2) * together} events: ${live.totalCost}, by scipy ${theirs.total}`);
    // The first hundred warm up.
    if (round < 0) continue;
    product.push(ours / together);
    peer.push(theirs.cpuSeconds);
    if (round % 20 === 19) tell(`${trucks} by ${drivers}: ${(round + 1) * together} events`);
  }
  const { median, worst } = ratioOf(product, peer, goal);
  const toScipy = mean(product) / mean(peer);
  const kinds = [...wall].map(([kind, took]) => [
    kind,
    { median: rounded(percentile(took, 0.5)), p99: rounded(percentile(took, 0.99)), mean: rounded(mean(took)) },
  ]);
  printResult({
    benchmark: 'A3',
    trucks,
    drivers,
    events: rounds * together,
    equalTotals: rounds,
    toScipy: { ofMeans: rounded(toScipy), median, worst, goal, met: toScipy <= goal },
    cpuUs: { product: rounded(mean(product) * 1e6), peer: rounded(mean(peer) * 1e6) },
    wallUs: Object.fromEntries(kinds),
  });
}

async function fromScratch(live: LiveAssignment, scipy: Scipy): Promise<{ total: number; cpuSeconds: number }> {
  const { problem } = live.snapshot();
  await scipy.load({ name: 'now', family: 'structured', problem, maySkip: true });
  return scipy.solve('now', 1);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
