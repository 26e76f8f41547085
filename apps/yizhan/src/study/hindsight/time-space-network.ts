import type { DriverGroup, HindsightInstance } from './hindsight-instance.js';

/** How fine the network is. */
export interface Grain {
  /** Minutes of a step of time. */
  readonly step: number;
  /** Weighted minutes; a truck that waits longer counts as if it had waited as long as that, unless nobody can take it. */
  readonly longestWait: number;
}

/** The drivers of a group at one station, step by step: `length` nodes from `first` on. */
export interface Chain {
  readonly first: number;
  readonly length: number;
  /** How many begin their shift here. */
  readonly drivers: number;
}

interface Arc {
  readonly from: number;
  /** -1 where he is free too late to be given another truck. */
  readonly to: number;
  /** -1 where he goes without one. */
  readonly truck: number;
  readonly saved: number;
}

/**
 * Where drivers can be and what they can do next: a node for each group, station and step of time, an arc for each truck and each step in
 * which a group may take it, and one for each way to another station. Every time is rounded so that a driver is free and there no later,
 * and a truck has waited no longer, than in any plan of the instance: a plan is a flow of drivers here that costs no more.
 */
export class TimeSpaceNetwork {
  readonly nodes: number;
  readonly chains: readonly Chain[];
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly truck: Int32Array;
  /** Weighted minutes that a truck waits less than `longestWait`, or until the end, if it is taken this way. */
  readonly saved: Float64Array;
  /** Weighted minutes if nobody drove. */
  readonly withoutDrivers: number;
  readonly #groups: readonly GroupSteps[];
  /** Trucks that somebody could take at some time. */
  readonly #within: ReadonlySet<number>;

  constructor(
    private readonly instance: HindsightInstance,
    private readonly grain: Grain,
  ) {
    const { trucks, groups } = instance;
    this.#within = new Set(
      groups.flatMap((group) => group.trucks.filter((index) => trucks[index].readyAt <= group.lastStart)),
    );
    let nodes = 0;
    this.#groups = groups.map((group) => {
      const steps = new GroupSteps(group, grain.step, nodes);
      nodes += steps.length * group.drivers.length;
      return steps;
    });
    this.nodes = nodes;
    this.chains = this.#groups.flatMap((steps) => steps.chains());
    const arcs = [...this.#groups.flatMap((steps) => this.#ways(steps)), ...this.#services()];
    this.from = Int32Array.from(arcs, ({ from }) => from);
    this.to = Int32Array.from(arcs, ({ to }) => to);
    this.truck = Int32Array.from(arcs, ({ truck }) => truck);
    this.saved = Float64Array.from(arcs, ({ saved }) => saved);
    this.withoutDrivers = trucks.reduce((sum, _truck, index) => sum + this.#mostOf(index), 0);
  }

  /**
   * The bound for what a driver is worth at each node, whatever the worths: first they are raised until nobody is worth less than
   * where he could wait or go. Each truck then takes by itself the driver who saves it most beyond what he is worth less afterwards;
   * what trucks have saved and all that drivers are worth when they begin is more than any flow saves (linear programming duality).
   */
  boundOf(worths: Float64Array): number {
    for (const steps of this.#groups) this.#raise(steps, worths);
    const { from, to, truck, saved } = this;
    const most = new Float64Array(this.instance.trucks.length);
    for (let arc = 0; arc < truck.length; arc += 1) {
      if (truck[arc] < 0) continue;
      const profit = saved[arc] - worths[from[arc]] + (to[arc] < 0 ? 0 : worths[to[arc]]);
      if (profit > most[truck[arc]]) most[truck[arc]] = profit;
    }
    let bound = this.withoutDrivers;
    for (const { first, drivers } of this.chains) bound -= drivers * worths[first];
    return most.reduce((left, profit) => left - profit, bound);
  }

  /** Raises worths until nobody is worth less than where he could wait or go. */
  #raise(steps: GroupSteps, worths: Float64Array): void {
    const stations = steps.group.drivers.map((_drivers, station) => station);
    // Where a way takes less than a step, what one station has gained goes on to the next: once for each of them.
    const rounds = stations.flatMap(() => stations);
    for (let at = steps.last; at >= steps.first; at -= 1) {
      for (const station of rounds) {
        const nodes = [
          steps.node(station, at + 1),
          ...stations.map((other) => steps.node(other, at + this.#stepsBetween(station, other))),
        ];
        const here = steps.node(station, at);
        worths[here] = nodes.reduce((most, node) => (node < 0 ? most : Math.max(most, worths[node])), 0);
      }
    }
  }

  #ways(steps: GroupSteps): Arc[] {
    const arcs: Arc[] = [];
    steps.group.drivers.forEach((_drivers, from) => {
      steps.group.drivers.forEach((_others, to) => {
        for (let at = steps.first; from !== to && at <= steps.last; at += 1) {
          const there = steps.node(to, at + this.#stepsBetween(from, to));
          if (there >= 0) arcs.push({ from: steps.node(from, at), to: there, truck: -1, saved: 0 });
        }
      });
    });
    return arcs;
  }

  #services(): Arc[] {
    const arcs: Arc[] = [];
    const { step } = this.grain;
    for (const steps of this.#groups) {
      const { group } = steps;
      for (const index of group.trucks) {
        const { readyAt, weight, station, returnStation, busyFor } = this.instance.trucks[index];
        const soonest = Math.max(readyAt, group.from);
        for (let at = Math.floor(soonest / step); at <= steps.last; at += 1) {
          const start = Math.max(at * step, soonest);
          const saved = this.#mostOf(index) - weight * (start - readyAt);
          if (saved <= 0 || start > group.lastStart) break;
          const to = steps.node(returnStation, Math.floor((start + busyFor) / step));
          arcs.push({ from: steps.node(station, at), to, truck: index, saved });
        }
      }
    }
    return arcs;
  }

  #stepsBetween(from: number, to: number): number {
    return Math.floor(this.instance.travel[from][to] / this.grain.step);
  }

  /** What the truck waits at the most, as it counts here; until the end where nobody can take it. */
  #mostOf(index: number): number {
    const { readyAt, weight } = this.instance.trucks[index];
    const most = weight * (this.instance.endsAt - readyAt);
    return this.#within.has(index) ? Math.min(this.grain.longestWait, most) : most;
  }
}

/** The nodes of a group. */
class GroupSteps {
  readonly first: number;
  readonly last: number;
  readonly length: number;

  constructor(
    readonly group: DriverGroup,
    step: number,
    private readonly begin: number,
  ) {
    this.first = Math.floor(group.from / step);
    this.last = Math.floor(group.lastStart / step);
    this.length = this.last - this.first + 1;
  }

  /** -1 after the last step in which a truck may be given to them. */
  node(station: number, at: number): number {
    return at > this.last ? -1 : this.begin + station * this.length + at - this.first;
  }

  chains(): Chain[] {
    return this.group.drivers.map((drivers, station) => ({
      first: this.node(station, this.first),
      length: this.length,
      drivers,
    }));
  }
}
