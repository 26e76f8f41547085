import type { TimeSpaceNetwork } from './time-space-network.js';

/** Who takes which truck, and what that costs: rents by node, for a driver who is there in that step, and prices by truck. */
interface Point {
  readonly taken: Float64Array;
  readonly rents: Float64Array;
  readonly prices: Float64Array;
}

/** As many steps before it begins again from the better of where it is and the average of where it was. */
const stepsOfAnEpoch = 200;

/**
 * Looks for the worths of drivers at which the bound of a network is highest, by the primal-dual hybrid gradient method (Chambolle and
 * Pock 2011) on the linear program of a flow of drivers that saves most, its conservation summed up along each chain. Steps are
 * diagonal (Pock and Chambolle 2011), their length adapts, and it restarts from averages with a new weight between the two sides
 * (Applegate et al. 2021, PDLP). What it finds need not be exact: any worths give a bound.
 */
export class PriceSearch {
  #at: Point;
  #next: Point;
  #average: Point;
  #restart: Point;
  #averaged = 0;
  #round = 0;
  #length = 1;
  /** How long steps of prices are beside those of what is taken. */
  #weight = 100;
  readonly #steps: Point;
  readonly #worths: Float64Array;
  readonly #flow: Float64Array;
  readonly #drives: Float64Array;

  constructor(
    private readonly network: TimeSpaceNetwork,
    private readonly trucks: number,
  ) {
    [this.#at, this.#next, this.#average, this.#restart] = Array.from({ length: 4 }, () => this.#zero());
    this.#steps = this.#diagonal();
    this.#worths = new Float64Array(network.nodes);
    this.#flow = new Float64Array(network.nodes);
    this.#drives = new Float64Array(trucks);
  }

  /** Goes so many steps. @returns the better bound of where it is then and of the average on the way. */
  go(steps: number): number {
    for (let step = 0; step < steps; step += 1) this.#step();
    const here = this.network.boundOf(this.#worthsOf(this.#at.rents, new Float64Array(this.network.nodes)));
    const onAverage = this.network.boundOf(this.#worthsOf(this.#average.rents, new Float64Array(this.network.nodes)));
    if (this.#round % stepsOfAnEpoch === 0) this.#beginAgain(onAverage > here);
    return Math.max(here, onAverage);
  }

  #zero(): Point {
    const { truck, nodes } = this.network;
    return {
      taken: new Float64Array(truck.length),
      rents: new Float64Array(nodes),
      prices: new Float64Array(this.trucks),
    };
  }

  #step(): void {
    this.#round += 1;
    for (;;) {
      const moved = this.#moveTaken();
      const paid = this.#movePrices();
      const longest = this.#longestStep(moved, paid);
      const length = this.#length;
      this.#length = Math.min((1 - (this.#round + 1) ** -0.3) * longest, (1 + (this.#round + 1) ** -0.6) * length);
      if (length > longest) continue;
      [this.#at, this.#next] = [this.#next, this.#at];
      this.#averaged += length;
      for (const part of ['taken', 'rents', 'prices'] as const) {
        approach(this.#average[part], this.#at[part], length / this.#averaged);
      }
      return;
    }
  }

  /** Takes more of what saves more than it costs. Sums up what is then asked for, gone beyond by as much again. @returns how far it went. */
  #moveTaken(): number {
    const { from, to, truck, saved } = this.network;
    const { taken, prices, rents } = this.#at;
    const worths = this.#worthsOf(rents, this.#worths);
    const [next, steps, flow, drives] = [this.#next.taken, this.#steps.taken, this.#flow, this.#drives];
    const length = this.#length / this.#weight;
    flow.fill(0);
    drives.fill(0);
    let moved = 0;
    for (let arc = 0; arc < taken.length; arc += 1) {
      let profit = saved[arc] - worths[from[arc]];
      if (to[arc] >= 0) profit += worths[to[arc]];
      if (truck[arc] >= 0) profit -= prices[truck[arc]];
      next[arc] = Math.max(0, taken[arc] + length * steps[arc] * profit);
      const change = next[arc] - taken[arc];
      moved += (change * change) / steps[arc];
      const asked = next[arc] + change;
      if (asked === 0) continue;
      flow[from[arc]] += asked;
      if (to[arc] >= 0) flow[to[arc]] -= asked;
      if (truck[arc] >= 0) drives[truck[arc]] += asked;
    }
    return moved;
  }

  /** Raises what is asked for more than it is there, and lowers the rest. @returns how far it went. */
  #movePrices(): number {
    const { rents, prices } = this.#at;
    const length = this.#length * this.#weight;
    let moved = 0;
    const change = (part: 'rents' | 'prices', index: number, before: number, excess: number): void => {
      const step = this.#steps[part][index];
      const after = Math.max(0, before + length * step * excess);
      this.#next[part][index] = after;
      moved += (after - before) ** 2 / step;
    };
    for (const { first, length: nodes, drivers } of this.network.chains) {
      let asked = 0;
      for (let node = first; node < first + nodes; node += 1) {
        asked += this.#flow[node];
        change('rents', node, rents[node], asked - drivers);
      }
    }
    for (let truck = 0; truck < prices.length; truck += 1) {
      change('prices', truck, prices[truck], this.#drives[truck] - 1);
    }
    return moved;
  }

  /** How long the step may be, where both sides have moved so far. */
  #longestStep(moved: number, paid: number): number {
    const { from, to, truck } = this.network;
    const worths = this.#worthsOf(difference(this.#next.rents, this.#at.rents), this.#worths);
    let together = 0;
    for (let arc = 0; arc < truck.length; arc += 1) {
      const change = this.#next.taken[arc] - this.#at.taken[arc];
      if (change === 0) continue;
      let cost = worths[from[arc]];
      if (to[arc] >= 0) cost -= worths[to[arc]];
      if (truck[arc] >= 0) cost += this.#next.prices[truck[arc]] - this.#at.prices[truck[arc]];
      together += change * cost;
    }
    if (together === 0) return Infinity;
    return (this.#weight * moved + paid / this.#weight) / (2 * Math.abs(together));
  }

  #beginAgain(fromAverage: boolean): void {
    if (fromAverage) copy(this.#average, this.#at);
    const taken = distance(this.#at.taken, this.#restart.taken, this.#steps.taken);
    const paid =
      distance(this.#at.rents, this.#restart.rents, this.#steps.rents) +
      distance(this.#at.prices, this.#restart.prices, this.#steps.prices);
    if (taken > 1e-12 && paid > 1e-12) this.#weight = Math.sqrt(Math.sqrt(paid / taken) * this.#weight);
    copy(this.#at, this.#restart);
    copy(this.#zero(), this.#average);
    this.#averaged = 0;
  }

  /** What a driver is worth who is at a node: the rents from there to the end of its chain. */
  #worthsOf(rents: Float64Array, into: Float64Array): Float64Array {
    for (const { first, length } of this.network.chains) {
      let worth = 0;
      for (let node = first + length - 1; node >= first; node -= 1) {
        worth += rents[node];
        into[node] = worth;
      }
    }
    return into;
  }

  /** One over how much each variable counts in all constraints, and each constraint in all variables. */
  #diagonal(): Point {
    const { from, to, truck, chains, nodes } = this.network;
    const sums = this.#zero();
    const endOf = new Int32Array(nodes);
    for (const { first, length } of chains) endOf.fill(first + length, first, first + length);
    const begins = new Float64Array(nodes);
    for (let arc = 0; arc < truck.length; arc += 1) {
      const [start, end] = [from[arc], to[arc]];
      const isSameChain = end >= 0 && endOf[start] === endOf[end];
      begins[start] += 1;
      if (end >= 0) begins[end] += isSameChain ? -1 : 1;
      sums.taken[arc] = isSameChain ? end - start : endOf[start] - start + (end < 0 ? 0 : endOf[end] - end);
      if (truck[arc] < 0) continue;
      sums.taken[arc] += 1;
      sums.prices[truck[arc]] += 1;
    }
    for (const { first, length } of chains) {
      let here = 0;
      for (let node = first; node < first + length; node += 1) {
        here += begins[node];
        sums.rents[node] = here;
      }
    }
    for (const part of [sums.taken, sums.rents, sums.prices]) {
      for (let index = 0; index < part.length; index += 1) part[index] = 1 / Math.max(1, part[index]);
    }
    return sums;
  }
}

function approach(average: Float64Array, latest: Float64Array, share: number): void {
  for (let index = 0; index < latest.length; index += 1) average[index] += share * (latest[index] - average[index]);
}

function difference(one: Float64Array, other: Float64Array): Float64Array {
  return one.map((value, index) => value - other[index]);
}

function distance(one: Float64Array, other: Float64Array, steps: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += (one[index] - other[index]) ** 2 / steps[index];
  return sum;
}

function copy(from: Point, to: Point): void {
  for (const part of ['taken', 'rents', 'prices'] as const) to[part].set(from[part]);
}
