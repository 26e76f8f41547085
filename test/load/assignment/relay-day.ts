/** A linear congruential generator (Numerical Recipes): a whole number from 0 below `below`. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

/** A truck that waits: where, for which licence class (0 to 2; a higher one covers it), how urgent (0 to 3). */
export interface Truck {
  readonly station: number;
  readonly class: number;
  readonly urgency: number;
}

/** A driver on duty: where, with which licence class, how many hours driven today. */
export interface Driver {
  readonly station: number;
  readonly class: number;
  readonly hours: number;
}

/** To serve a truck is worth more than all that drivers can cost; the more urgent, the more. */
const skipCosts = [1_000_000, 2_000_000, 4_000_000, 8_000_000] as const;

const reachMinutes = 45;

/**
 * Trucks and drivers of a province, made up: stations on a plane of 300 by 300 km (more trucks at some than at others), licence
 * classes, urgencies, travel in steps of five minutes, hours driven in whole hours. Costs are seconds, and most tie.
 */
export class RelayDay {
  private readonly choose: (below: number) => number;
  /** By station, those within reach and the seconds of travel. */
  private readonly near: ReadonlyMap<number, number>[];
  private readonly busy: readonly number[];

  constructor(stations: number, seed: number) {
    this.choose = seeded(seed);
    const places = Array.from({ length: stations }, () => [this.choose(300), this.choose(300)] as const);
    this.near = places.map(([x, y]) => {
      const near = new Map<number, number>();
      places.forEach(([toX, toY], to) => {
        const minutes = 5 * Math.ceil(Math.hypot(toX - x, toY - y) / 5);
        if (minutes <= reachMinutes) near.set(to, minutes * 60);
      });
      return near;
    });
    this.busy = places.flatMap((_, station) => Array.from({ length: 1 + (station % 3) }, () => station));
  }

  truck(): Truck {
    const lot = this.choose(20);
    return { station: this.someStation(), class: lot < 12 ? 2 : lot < 17 ? 1 : 0, urgency: this.choose(4) };
  }

  driver(): Driver {
    const lot = this.choose(20);
    return { station: this.someStation(), class: lot < 13 ? 2 : lot < 18 ? 1 : 0, hours: this.choose(6) };
  }

  /** What it costs that `driver` takes `truck`, in seconds; `undefined` where he may not or is too far. */
  cost(truck: Truck, driver: Driver): number | undefined {
    const travel = this.near[truck.station].get(driver.station);
    if (travel === undefined || driver.class < truck.class) return undefined;
    return travel + 300 * (driver.class - truck.class) + 60 * driver.hours;
  }

  skipCost({ urgency }: Truck): number {
    return skipCosts[urgency];
  }

  some(below: number): number {
    return this.choose(below);
  }

  private someStation(): number {
    return this.busy[this.choose(this.busy.length)];
  }
}
