import { solveAssignment } from '@yizhan/assignment';
import { percentile, printResult, ratioOf, rounded, spreadOf, tell } from '../ground/figures.js';
import { type Instance, orLibrary, randomInstances, structuredInstances } from './instances.js';
import { cpuSecondsOf, startScipy } from './peer.js';
import type { Scipy } from './scipy.js';
import { worstCases } from './worst-cases.js';

export interface A2Options {
  readonly rounds: number;
  readonly worst: boolean;
}

interface Compared {
  readonly median: number;
  readonly worst: number;
}

const goal = 1;

/** From scratch, instance by instance, against scipy; a line for each, and one for each family. */
export async function runA2({ rounds, worst }: A2Options): Promise<void> {
  const scipy = await startScipy();
  try {
    const ratios = new Map<string, Compared[]>();
    const instances = worst ? worstCases() : [...orLibrary(), ...randomInstances(), ...structuredInstances()];
    // As in a service that runs: the compiler has seen every kind of problem before the clock runs.
    for (const { problem } of instances) solveAssignment(problem);
    for (const instance of instances) {
      const compared = await compare(instance, scipy, rounds);
      ratios.set(instance.family, [...(ratios.get(instance.family) ?? []), compared]);
    }
    if (worst) return;
    for (const [family, of] of ratios) printResult({ benchmark: 'A2', family, ...summary(of) });
    printResult({ benchmark: 'A2', family: 'all', ...summary([...ratios.values()].flat()) });
  } finally {
    await scipy.close();
  }
}

async function compare(instance: Instance, scipy: Scipy, rounds: number): Promise<Compared> {
  const { name, family, problem } = instance;
  await scipy.load(instance);
  const product: number[] = [];
  const peer: number[] = [];
  for (let round = -2; round < rounds; round += 1) {
    // What is short is done often enough for the clock.
    const times = Math.max(1, Math.min(20, Math.ceil(0.02 / (peer.at(-1) ?? 0.02))));
    const theirs = await scipy.solve(name, times);
    let total = 0;
    const ours = cpuSecondsOf(times, () => (total = solveAssignment(problem).totalCost));
    if (total !== theirs.total) throw new Error(`${name}: ${total}, by scipy ${theirs.total}`);
    // The first two warm up.
    if (round < 0) continue;
    product.push(ours);
    peer.push(theirs.cpuSeconds);
  }
  const toScipy = ratioOf(product, peer, goal);
  const milliseconds = (seconds: number[]): object => spreadOf(seconds.map((value) => value * 1000));
  tell(`${name}: ${toScipy.median}`);
  const cpuMs = { product: milliseconds(product), peer: milliseconds(peer) };
  printResult({ benchmark: 'A2', family, instance: name, edges: problem.cost.length, toScipy, cpuMs });
  return toScipy;
}

function summary(compared: readonly Compared[]): object {
  const median = geometricMean(compared.map((ratio) => ratio.median));
  const worst = rounded(
    percentile(
      compared.map((ratio) => ratio.worst),
      1,
    ),
  );
  return { instances: compared.length, geometricMean: median, worst, goal, met: median <= goal };
}

function geometricMean(values: readonly number[]): number {
  return rounded(Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length));
}
