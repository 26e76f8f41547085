import type { HindsightInstance } from './hindsight-instance.js';
import { PriceSearch } from './price-search.js';
import { TimeSpaceNetwork } from './time-space-network.js';

/** What no plan can beat. */
export interface LowerBound {
  /** Weighted minutes. */
  readonly minutes: number;
  readonly rounds: number;
}

export interface BoundSettings {
  /** Weighted minutes of a plan that is known: the search ends where it proves it the best. */
  readonly known: number;
  /** Weighted minutes: who waits longer is counted as if he had waited as long as that, which keeps the network small. */
  readonly longestWait?: number;
  /** Minutes of a step of time. */
  readonly step?: number;
  readonly rounds?: number;
  readonly onProgress?: (share: number) => void;
}

const roundsAtOnce = 40;

/** It ends where so many rounds have raised the bound by less than a thousandth; the first hundreds often find none above 0. */
const patience = 800;

/**
 * A proven lower bound of the weighted minutes that trucks wait in any plan: the dual of a flow of drivers through stations and steps of
 * time (see `TimeSpaceNetwork`), at the best prices that so many rounds find. Any prices give a bound, those that are found too early as well.
 */
export function lowerBound(
  instance: HindsightInstance,
  { known, longestWait = 480, step = 5, rounds = 2_000, onProgress }: BoundSettings,
): LowerBound {
  if (rounds === 0) return { minutes: 0, rounds };
  const network = new TimeSpaceNetwork(instance, { step, longestWait });
  const search = new PriceSearch(network, instance.trucks.length);
  let minutes = Math.max(0, network.boundOf(new Float64Array(network.nodes)));
  let round = 0;
  let raisedAt = { round, minutes };
  while (round < rounds && minutes < known - 1e-6 && round - raisedAt.round < patience) {
    const next = Math.min(roundsAtOnce, rounds - round);
    minutes = Math.max(minutes, search.go(next));
    round += next;
    if (minutes > raisedAt.minutes * 1.001 + 1e-6) raisedAt = { round, minutes };
    onProgress?.(round / rounds);
  }
  return { minutes: Math.min(minutes, known), rounds: round };
}
