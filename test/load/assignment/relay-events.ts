import type { LiveAssignment } from '@yizhan/assignment';
import { type Driver, RelayDay, type Truck } from './relay-day.js';

export const eventKinds = ['truck in', 'truck out', 'driver on', 'driver off', 'cost', 'urgency', 'hours'] as const;
export type EventKind = (typeof eventKinds)[number];

/** An event with all that it needs worked out, so that nothing but the solver is measured. */
export interface RelayEvent {
  readonly kind: EventKind;
  readonly happen: () => void;
}

/**
 * Trucks and drivers that come and go at `RelayDay`. A truck that goes is followed by one that comes, a driver likewise, so there are as many
 * as before and each takes the number that was given back.
 */
export class RelayEvents {
  private readonly trucks: Truck[] = [];
  private readonly drivers: Driver[] = [];
  private readonly queue: RelayEvent[] = [];

  private constructor(
    private readonly day: RelayDay,
    private readonly live: LiveAssignment,
  ) {}

  /** Lets all drivers come, then all trucks. @param live an empty one */
  static begin(live: LiveAssignment, day: RelayDay, trucks: number, drivers: number): RelayEvents {
    const events = new RelayEvents(day, live);
    for (let column = 0; column < drivers; column += 1) events.driverOn(column, day.driver()).happen();
    for (let row = 0; row < trucks; row += 1) events.truckIn(row, day.truck()).happen();
    return events;
  }

  next(): RelayEvent {
    if (this.queue.length === 0) this.queue.push(...this.some());
    return this.queue.shift() as RelayEvent;
  }

  private some(): RelayEvent[] {
    const { day, live } = this;
    const row = day.some(this.trucks.length);
    const column = day.some(this.drivers.length);
    switch (day.some(6)) {
      case 0:
        return [{ kind: 'truck out', happen: () => live.removeRow(row) }, this.truckIn(row, day.truck())];
      case 1:
        return [{ kind: 'driver off', happen: () => live.removeColumn(column) }, this.driverOn(column, day.driver())];
      case 2:
      case 3:
        return [this.costs(row, 300 * (1 + day.some(3)))];
      case 4:
        return [this.urgency(row, day.some(4))];
      default:
        return [this.hours(column, day.some(6))];
    }
  }

  private truckIn(row: number, truck: Truck): RelayEvent {
    this.trucks[row] = truck;
    const { to, cost } = edgesOf(this.drivers, (driver) => this.day.cost(truck, driver));
    const skipCost = this.day.skipCost(truck);
    return { kind: 'truck in', happen: () => expectNumber(this.live.addRow(to, cost, skipCost), row) };
  }

  private driverOn(column: number, driver: Driver): RelayEvent {
    this.drivers[column] = driver;
    const { to, cost } = edgesOf(this.trucks, (truck) => this.day.cost(truck, driver));
    return { kind: 'driver on', happen: () => expectNumber(this.live.addColumn(to, cost), column) };
  }

  /** The driver of a truck is delayed: an edge in use costs more. */
  private costs(row: number, rise: number): RelayEvent {
    const happen = (): void => {
      const column = this.live.columnOf(row);
      if (column >= 0) this.live.setCost(row, column, (this.live.costOf(row, column) ?? 0) + rise);
    };
    return { kind: 'cost', happen };
  }

  private urgency(row: number, urgency: number): RelayEvent {
    this.trucks[row] = { ...this.trucks[row], urgency };
    const skipCost = this.day.skipCost(this.trucks[row]);
    return { kind: 'urgency', happen: () => this.live.setSkipCost(row, skipCost) };
  }

  /** A driver has driven: all his edges cost something else. */
  private hours(column: number, hours: number): RelayEvent {
    const driver = { ...this.drivers[column], hours };
    this.drivers[column] = driver;
    const { to, cost } = edgesOf(this.trucks, (truck) => this.day.cost(truck, driver));
    return { kind: 'hours', happen: () => this.live.replaceColumn(column, to, cost) };
  }
}

function edgesOf<T>(
  others: readonly T[],
  costOf: (other: T) => number | undefined,
): { to: Int32Array; cost: Float64Array } {
  const to: number[] = [];
  const cost: number[] = [];
  others.forEach((other, index) => {
    const price = costOf(other);
    if (price === undefined) return;
    to.push(index);
    cost.push(price);
  });
  return { to: Int32Array.from(to), cost: Float64Array.from(cost) };
}

function expectNumber(number: number, expected: number): void {
  if (number !== expected) throw new Error(`Number ${number} was given, not ${expected}`);
}
