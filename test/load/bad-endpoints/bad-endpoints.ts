import { setTimeout as pause } from 'node:timers/promises';
import { LoadGround } from '../dispatch/ground.js';
import type { Usage } from '../dispatch/product.js';
import { Child } from '../ground/child.js';
import { percentile, printResult, ratioOf, rounded, tell } from '../ground/figures.js';
import { arrivals, openLoop } from '../ground/open-loop.js';
import type { Behaviour } from './endpoints.js';

export interface BadEndpointsOptions {
  readonly rounds: number;
  readonly rate: number;
  readonly seconds: number;
  readonly data?: string | undefined;
}

const goal = 1.1;
const longestStall = 1_000;
const mostMemory = 50;
const goodOnes = 5;
const bad: readonly Behaviour[] = ['hangs', 'gigabyte', 'resets'];
const module = new URL('./endpoints.js', import.meta.url);
const patience = 60_000;

interface Round {
  /** From the instant at which an event was to be written to its arrival at a good endpoint, milliseconds. */
  readonly latencies: readonly number[];
  /** Most memory of the sending process, MB. */
  readonly memory: number;
}

interface Sides {
  readonly ground: LoadGround;
  /** Whose messages are timed, the same in every round. */
  readonly good: Child;
  readonly urls: readonly string[];
  /** Three more: bad ones, and in the other rounds as many good ones. */
  readonly badUrls: readonly string[];
  readonly steadyUrls: readonly string[];
}

/** One endpoint hangs, one answers a gigabyte, one resets: what the others feel of it, in paired rounds with and without them. */
export async function runBadEndpoints(options: BadEndpointsOptions): Promise<void> {
  const ground = await LoadGround.open(options.data);
  const [good, misbehaving, steady] = await Promise.all([1, 2, 3].map(() => Child.start(module)));
  if (!good || !misbehaving || !steady) throw new Error('there are three');
  try {
    const sides: Sides = {
      ground,
      good,
      urls: await good.ask('open', { behaviours: Array.from({ length: goodOnes }, () => 'good') }),
      badUrls: await misbehaving.ask('open', { behaviours: bad }),
      steadyUrls: await steady.ask('open', { behaviours: bad.map(() => 'good') }),
    };
    const clean: Round[] = [];
    const harmed: Round[] = [];
    // The first round of all warms up.
    for (let round = 0; round <= options.rounds; round += 1) {
      // The order changes: what the machine does besides favours neither.
      for (const isHarmed of round % 2 === 0 ? [false, true] : [true, false]) {
        const figures = await measure(sides, options, isHarmed);
        const median = rounded(percentile(figures.latencies, 0.5));
        const what = isHarmed ? 'with bad endpoints' : 'without';
        tell(`round ${round}, ${what}: p50 ${median} ms, ${Math.round(figures.memory)} MB`);
        if (round > 0) (isHarmed ? harmed : clean).push(figures);
      }
    }
    report(options, clean, harmed);
  } finally {
    for (const child of [good, misbehaving, steady]) await child.stop();
    await ground.close();
  }
}

async function measure(sides: Sides, { rate, seconds }: BadEndpointsOptions, isHarmed: boolean): Promise<Round> {
  const { ground, good } = sides;
  const urls = [...(isHarmed ? sides.badUrls : sides.steadyUrls), ...sides.urls];
  const ids: string[] = [];
  for (const url of urls) ids.push(await ground.product.ask<string>('subscribe', { url }));
  const first = await ground.head();
  await ground.product.ask<Usage>('usage');
  const instants = arrivals(rate, seconds, 1);
  const begun = performance.timeOrigin + performance.now();
  await openLoop(instants, async () => {
    await ground.write(1);
    await ground.product.ask('ring');
  });
  const end = performance.now() + patience;
  while ((await good.ask<number>('fewest')) < instants.length) {
    if (performance.now() > end) throw new Error('the good endpoints do not get everything');
    await pause(50);
  }
  const { peak } = await ground.product.ask<Usage>('usage');
  const came = await good.ask<[number, number][][]>('take');
  for (const id of ids) await ground.product.ask('remove', { id });
  // Writes overlap by moments, so the n-th position is nearly the n-th write.
  const latencies = came.flatMap((endpoint) =>
    endpoint.map(([position, at]) => at - begun - (instants[position - first - 1] ?? Number.NaN)),
  );
  return { latencies, memory: peak / 2 ** 20 };
}

function report({ rate, seconds }: BadEndpointsOptions, clean: readonly Round[], harmed: readonly Round[]): void {
  const medians = (rounds: readonly Round[]): number[] => rounds.map(({ latencies }) => percentile(latencies, 0.5));
  const stall = Math.max(...harmed.flatMap(({ latencies }) => latencies));
  const growth = harmed.map(({ memory }, round) => memory - (clean[round]?.memory ?? Number.NaN));
  printResult({
    bench: 'bad-endpoints',
    good: goodOnes,
    bad,
    eventsPerSecond: rate,
    seconds,
    medianOfOthers: ratioOf(medians(harmed), medians(clean), goal),
    milliseconds: { clean: medians(clean).map(rounded), harmed: medians(harmed).map(rounded) },
    longestStall: { milliseconds: rounded(stall), goal: longestStall, met: stall < longestStall },
    memoryGrowth: {
      megabytes: growth.map(rounded),
      worst: rounded(Math.max(...growth)),
      goal: mostMemory,
      met: Math.max(...growth) <= mostMemory,
    },
  });
}
