import type { RelayDriver } from '../../scenario/network-requests.js';
import { minutesOf } from '../../scenario/check-scenario.js';
import type { Floor } from './floor.js';
import { day, hour, localMidnight, minute } from '../passages/local-time.js';

/** With less than this left of his shift, nobody comes for it. */
const leastShift = hour;

/** Relay drivers come to work and go home, each day at the hours of their group. */
export class Shifts {
  readonly #drivers: ReadonlyMap<string, RelayDriver>;
  /** Drivers with a live assignment: they cannot go home before it has ended. */
  readonly #bound = new Set<string>();
  readonly #wantHome = new Set<string>();

  constructor(
    private readonly floor: Floor,
    drivers: readonly RelayDriver[],
  ) {
    this.#drivers = new Map(drivers.map((driver) => [driver.driverId, driver]));
  }

  /** Those whose shift is on at `now` begin, all others at their hour. */
  begin(now: number): void {
    for (const driver of this.#drivers.values()) this.#planStart(driver, now);
  }

  started(driverId: string, endsAt: number, now: number): void {
    const { planner } = this.floor;
    if (!this.#drivers.has(driverId)) return;
    planner.think(`shift:${driverId}`, planner.next(now, endsAt), (at) => {
      if (this.#bound.has(driverId)) this.#wantHome.add(driverId);
      else this.#goHome(driverId, at);
    });
  }

  ended(driverId: string, now: number): void {
    const driver = this.#drivers.get(driverId);
    if (driver) this.#planStart(driver, now);
  }

  assigned(driverId: string): void {
    if (this.#drivers.has(driverId)) this.#bound.add(driverId);
  }

  /** His assignment is over: done, declined or taken from him. */
  unbound(driverId: string, now: number): void {
    this.#bound.delete(driverId);
    if (this.#wantHome.delete(driverId)) this.#goHome(driverId, now);
  }

  #goHome(driverId: string, now: number): void {
    const { planner } = this.floor;
    planner.ask(`shift:${driverId}`, `go-home:${driverId}`, planner.next(now), {
      step: 'endShift',
      input: { driverId },
    });
  }

  #planStart(driver: RelayDriver, now: number): void {
    const { planner } = this.floor;
    const { driverId, group } = driver;
    const last = this.#shiftBefore(driver, now);
    const takes = group.shift.hours * hour;
    const startsAt = now + leastShift < last + takes ? last : last + day;
    const name = `shift:${driverId}`;
    planner.ask(name, name, planner.next(now, startsAt), {
      step: 'startShift',
      input: { driverId, stationCode: group.station, endsAt: startsAt + takes },
    });
  }

  /** When his last shift began, or would have. */
  #shiftBefore({ group }: RelayDriver, now: number): number {
    const today = localMidnight(now, this.floor.scenario.utcOffsetMinutes) + minutesOf(group.shift.from) * minute;
    return today <= now ? today : today - day;
  }
}
