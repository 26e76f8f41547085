import type { EventData } from '@yizhan/contracts';
import { type Distribution, distributionOf } from './figures.js';

/** How much of their time on shift the relay drivers spent on trucks. */
export interface DriverUse {
  readonly enrolled: number;
  /** Who took over at least one truck. */
  readonly drove: number;
  readonly onShiftSeconds: number;
  /** From being assigned until the truck is handed over, or the assignment ends. */
  readonly onTrucksSeconds: number;
  readonly share: number;
  /** Trucks taken over, per driver who drove. */
  readonly trucksEach: Distribution;
  /** Most drivers on trucks at the same time. */
  readonly mostAtOnce: number;
}

interface Driver {
  shiftFrom: number | undefined;
  busyFrom: number | undefined;
  trucks: number;
}

/** Folds what the relay drivers did. */
export class DriverFold {
  readonly #drivers = new Map<string, Driver>();
  #onShift = 0;
  #onTrucks = 0;
  #busy = 0;
  #mostAtOnce = 0;

  enrolled({ driverId, insideZoneId }: EventData['driver.enrolled']): void {
    if (insideZoneId !== null) this.#drivers.set(driverId, { shiftFrom: undefined, busyFrom: undefined, trucks: 0 });
  }

  shiftStarted(driverId: string, at: number): void {
    const driver = this.#drivers.get(driverId);
    if (driver) driver.shiftFrom = at;
  }

  shiftEnded(driverId: string, at: number): void {
    const driver = this.#drivers.get(driverId);
    if (driver?.shiftFrom === undefined) return;
    this.#onShift += at - driver.shiftFrom;
    driver.shiftFrom = undefined;
  }

  assigned(driverId: string, at: number): void {
    const driver = this.#drivers.get(driverId);
    if (!driver || driver.busyFrom !== undefined) return;
    driver.busyFrom = at;
    this.#busy += 1;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#busy);
  }

  tookOver(driverId: string): void {
    const driver = this.#drivers.get(driverId);
    if (driver) driver.trucks += 1;
  }

  /** His assignment ended without a swap, or he has handed the truck over. */
  isFree(driverId: string, at: number): void {
    const driver = this.#drivers.get(driverId);
    if (driver?.busyFrom === undefined) return;
    this.#onTrucks += at - driver.busyFrom;
    driver.busyFrom = undefined;
    this.#busy -= 1;
  }

  /** As it stands at `at`: shifts and trucks that go on count up to then. */
  at(at: number): DriverUse {
    const drivers = [...this.#drivers.values()];
    const open = (from: number | undefined): number => (from === undefined ? 0 : at - from);
    const onShift = drivers.reduce((sum, { shiftFrom }) => sum + open(shiftFrom), this.#onShift) / 1_000;
    const onTrucks = drivers.reduce((sum, { busyFrom }) => sum + open(busyFrom), this.#onTrucks) / 1_000;
    const trucks = drivers.map((driver) => driver.trucks).filter((count) => count > 0);
    return {
      enrolled: drivers.length,
      drove: trucks.length,
      onShiftSeconds: Math.round(onShift),
      onTrucksSeconds: Math.round(onTrucks),
      share: onShift === 0 ? 0 : Math.round((onTrucks / onShift) * 1_000) / 1_000,
      trucksEach: distributionOf(trucks),
      mostAtOnce: this.#mostAtOnce,
    };
  }
}
