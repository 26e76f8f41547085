import type { EventName } from '@yizhan/contracts';
import type { NewEvent } from '@yizhan/event-log';
import { AreaStory } from '../../support/area-story.js';
import { partitionOfKey } from './bare-kafka.js';

const driversPerArea = 16;

/** Every event that is told here. */
export const trafficNames: readonly EventName[] = [
  'policy.published',
  'zone.activated',
  'station.opened',
  'driver.enrolled',
  'driver.credential_granted',
  'driver.shift_started',
  'visit.arrived',
  'visit.checked',
  'visit.departed',
  'handoff.requested',
  'handoff.assigned',
  'handoff.completed',
  'run.opened',
  'run.closed',
];

interface Trip {
  readonly plate: string;
  readonly insider: string;
  readonly outsider: string;
  /** Steps since it came to the station. */
  age: number;
}

/** One area code for each partition, so that an equal share of partitions is an equal share of the work. */
export function areaPerPartition(partitions: number): string[] {
  const areas = new Map<number, string>();
  for (let number = 1; areas.size < partitions; number += 1) {
    const area = `area-${number}`;
    const partition = partitionOfKey(area, partitions);
    if (!areas.has(partition)) areas.set(partition, area);
  }
  return [...areas.values()];
}

/**
 * Trucks that are driven in and out of their zones without end, told as the station would tell it. With every step a truck
 * more comes to each area and those on their way go on, so that in the long run a step has 14 events for each area. Each
 * truck waits twice for a driver, two steps long, and gets the one that was meant for it, whatever is proposed.
 */
export class Traffic {
  readonly #areas: readonly AreaTraffic[];

  constructor(areaCodes: readonly string[]) {
    this.#areas = areaCodes.map((code, index) => new AreaTraffic(code, index));
  }

  /** The network and its drivers. @param now epoch milliseconds */
  open(now: number): NewEvent[] {
    return this.#areas.flatMap((area) => area.open(now));
  }

  step(now: number): NewEvent[] {
    return this.#areas.flatMap((area) => area.step(now));
  }
}

class AreaTraffic {
  readonly #story: AreaStory;
  #trips: Trip[] = [];
  #made = 0;

  constructor(
    private readonly code: string,
    private readonly index: number,
  ) {
    this.#story = new AreaStory(code, `zone-${code}`);
  }

  open(now: number): NewEvent[] {
    this.#story.at(now).network();
    for (let number = 0; number < driversPerArea; number += 1) {
      this.#story.onShift(this.#insider(number)).outsider(this.#outsider(number), 'SF');
    }
    return this.#takeTold();
  }

  step(now: number): NewEvent[] {
    this.#story.at(now);
    this.#trips.push(this.#newTrip());
    for (const trip of this.#trips) this.#goOn(trip);
    this.#trips = this.#trips.filter(({ age }) => age <= 6);
    return this.#takeTold();
  }

  #newTrip(): Trip {
    this.#made += 1;
    return {
      plate: `浙${String.fromCodePoint(65 + this.index)}${String(this.#made).padStart(6, '0')}`,
      insider: this.#insider(this.#made % driversPerArea),
      outsider: this.#outsider(this.#made % driversPerArea),
      age: 0,
    };
  }

  #goOn(trip: Trip): void {
    const { plate, insider, outsider, age } = trip;
    if (age === 0) this.#story.waits(plate, { by: outsider, carrier: 'SF' });
    if (age === 2) {
      this.#story.assigns(plate, insider).completes(plate, { kind: 'driver', id: outsider }, insider);
      this.#story.departs(plate, insider).opensRun(`run-${plate}`, plate, insider);
    }
    if (age === 4) this.#story.bringsBack(plate, insider, { carrier: 'SF' });
    if (age === 6) {
      this.#story.assigns(plate, outsider).completes(plate, { kind: 'driver', id: insider }, outsider);
      this.#story.departs(plate, outsider);
    }
    trip.age += 1;
  }

  #insider(number: number): string {
    return `R-${this.code}-${number}`;
  }

  #outsider(number: number): string {
    return `O-${this.code}-${number}`;
  }

  #takeTold(): NewEvent[] {
    return this.#story.told.splice(0);
  }
}
