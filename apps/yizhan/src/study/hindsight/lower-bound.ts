import type { DriverGroup, HindsightInstance } from './hindsight-instance.js';

/** What no plan can beat. */
export interface LowerBound {
  /** Weighted minutes. */
  readonly minutes: number;
  readonly rounds: number;
}

export interface BoundSettings {
  /** Weighted minutes of a plan that is known: the search aims at it, and ends where it proves it the best. */
  readonly known: number;
  readonly rounds?: number;
  readonly onProgress?: (share: number) => void;
}

/**
 * A proven lower bound of the weighted minutes that trucks wait in any plan: the Lagrangian relaxation of "no group has more drivers under
 * way than it has" in a time-indexed formulation (Luh and Hoitomt 1993). Each minute of each group's drivers has a rent; each truck then
 * takes by itself the group and the minute that cost it least, rent for as long as it keeps a driver included, or waits until the end.
 * What trucks pay less the rent of all drivers that there are is a bound for any rents. They are found by subgradients in the steps
 * of Polyak around the best ones so far, along the average of what trucks took (volume algorithm, Barahona and Anbil 2000).
 */
export function lowerBound(
  instance: HindsightInstance,
  { known, rounds = 400, onProgress }: BoundSettings,
): LowerBound {
  const market = new Market(instance);
  let bound = 0;
  let step = 1;
  let sinceBetter = 0;
  let round = 0;
  for (; round < rounds && bound < known - 1e-6; round += 1) {
    const value = market.ask();
    if (value > bound || round === 0) {
      if (value > bound) step = Math.min(2, step * 1.1);
      bound = Math.max(bound, value);
      market.keep();
      sinceBetter = 0;
    } else {
      sinceBetter += 1;
      if (sinceBetter % 10 === 0) step *= 0.75;
    }
    if (!market.move(step * Math.max(known * 1.02 - bound, known * 1e-4), round)) break;
    onProgress?.((round + 1) / rounds);
  }
  return { minutes: Math.min(bound, known), rounds: round };
}

interface Place {
  readonly group: DriverGroup;
  readonly drivers: number;
  /** By minute since the group begins: the rent under way, the best one so far, and how many drivers are asked for on average. */
  readonly rent: Float64Array;
  readonly best: Float64Array;
  readonly wanted: Float64Array;
  readonly average: Float64Array;
  /** Sum of the rent before each minute. */
  readonly before: Float64Array;
}

/** Trucks that rent drivers by the minute. */
class Market {
  readonly #places: readonly Place[];
  /** By truck, whose drivers may take it. */
  readonly #placesOf: readonly (readonly Place[])[];

  constructor(private readonly instance: HindsightInstance) {
    const { groups, trucks } = instance;
    this.#places = groups.map((group) => {
      const minutes = group.lastStart - group.from + 1;
      const [rent, best, wanted, average] = Array.from({ length: 4 }, () => new Float64Array(minutes));
      return { group, drivers: group.drivers, rent, best, wanted, average, before: new Float64Array(minutes + 1) };
    });
    const covered = this.#places.map(({ group }) => new Set(group.trucks));
    this.#placesOf = trucks.map((_truck, index) => this.#places.filter((_place, number) => covered[number].has(index)));
  }

  /** Lets every truck choose. @returns the bound at these rents. */
  ask(): number {
    let value = 0;
    for (const { rent, before, wanted, drivers } of this.#places) {
      for (let at = 0; at < rent.length; at += 1) before[at + 1] = before[at] + rent[at];
      wanted.fill(0);
      value -= drivers * before[rent.length];
    }
    this.instance.trucks.forEach((_truck, index) => (value += this.#choose(index)));
    for (const { wanted } of this.#places) {
      // So far differences: one more from here on, one less from there on.
      for (let at = 1; at < wanted.length; at += 1) wanted[at] += wanted[at - 1];
    }
    return value;
  }

  keep(): void {
    for (const { rent, best } of this.#places) best.set(rent);
  }

  /** To new rents, `way` long in value. @returns false where nothing is left to change. */
  move(way: number, round: number): boolean {
    const share = round === 0 ? 1 : Math.max(0.05, 1 / (1 + round / 4));
    let square = 0;
    for (const { wanted, average, drivers, best } of this.#places) {
      for (let at = 0; at < wanted.length; at += 1) {
        average[at] += share * (wanted[at] - average[at]);
        const slope = average[at] - drivers;
        if (slope > 0 || best[at] > 0) square += slope * slope;
      }
    }
    if (square < 1e-9) return false;
    const length = way / square;
    for (const { rent, best, average, drivers } of this.#places) {
      for (let at = 0; at < rent.length; at += 1) rent[at] = Math.max(0, best[at] + length * (average[at] - drivers));
    }
    return true;
  }

  /** @returns what the truck pays. */
  #choose(index: number): number {
    const { endsAt, trucks } = this.instance;
    const { weight, readyAt, busyFor } = trucks[index];
    let least = weight * (endsAt - readyAt);
    let place: Place | undefined;
    let start = 0;
    for (const each of this.#placesOf[index]) {
      const { from, lastStart } = each.group;
      const { before } = each;
      const minutes = before.length - 1;
      for (let now = Math.max(readyAt, from); now <= lastStart; now += 1) {
        const waited = weight * (now - readyAt);
        if (waited >= least) break;
        const cost = waited + before[Math.min(now - from + busyFor, minutes)] - before[now - from];
        if (cost >= least) continue;
        least = cost;
        place = each;
        start = now - from;
      }
    }
    if (place) {
      place.wanted[start] += 1;
      if (start + busyFor < place.wanted.length) place.wanted[start + busyFor] -= 1;
    }
    return least;
  }
}
