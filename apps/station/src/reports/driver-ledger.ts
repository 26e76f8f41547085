import { Injectable } from '@nestjs/common';
import {
  FactsOfPeriod,
  type ReportedRun,
  type ReportedShift,
  type ReportedSwap,
  type Side,
} from './facts-of-period.js';
import { isWithin, overlap, type Period } from './period.js';
import type { ReportScope } from './report-scope.js';
import { VisitsOfPeriod } from './visits-of-period.js';

/** What a driver did in the period. */
export interface DriverEntry {
  readonly driverId: string;
  readonly side: Side;
  /** Trucks that he brought to a station. */
  readonly brought: number;
  readonly tookOver: number;
  readonly handedOver: number;
  /** That he began in the period. */
  readonly runs: number;
  /** Time of his runs that lies in the period. */
  readonly runSeconds: number;
  readonly shifts: number;
  /** Time of his shifts that lies in the period. */
  readonly shiftSeconds: number;
}

export interface DriverFacts {
  /** Driver ids of the arrivals in the period. */
  readonly brought: readonly string[];
  readonly swaps: readonly ReportedSwap[];
  readonly runs: readonly ReportedRun[];
  readonly shifts: readonly ReportedShift[];
}

type Counted = Omit<DriverEntry, 'driverId' | 'side'>;

const nothing: Counted = {
  brought: 0,
  tookOver: 0,
  handedOver: 0,
  runs: 0,
  runSeconds: 0,
  shifts: 0,
  shiftSeconds: 0,
};

/** Every driver who did something, in the order of their ids. What has not ended is counted until `now`. */
export function countByDriver(facts: DriverFacts, period: Period, now: number): Map<string, Counted> {
  const counted = new Map<string, Counted>();
  const add = (driverId: string, more: Partial<Counted>): void => {
    const before = counted.get(driverId) ?? nothing;
    const sums = Object.entries(more).map(([name, amount]) => [name, before[name as keyof Counted] + amount]);
    counted.set(driverId, { ...before, ...(Object.fromEntries(sums) as Partial<Counted>) });
  };
  const secondsOf = (begins: number, ends: number | null) => Math.floor(overlap(period, begins, ends ?? now) / 1_000);
  for (const driverId of facts.brought) add(driverId, { brought: 1 });
  for (const { from, toDriverId } of facts.swaps) {
    add(toDriverId, { tookOver: 1 });
    if (from.kind === 'driver') add(from.id, { handedOver: 1 });
  }
  for (const { driverId, openedAt, closedAt } of facts.runs) {
    add(driverId, { runs: isWithin(period, openedAt) ? 1 : 0, runSeconds: secondsOf(openedAt, closedAt) });
  }
  for (const { driverId, startedAt, endedAt } of facts.shifts) {
    add(driverId, { shifts: 1, shiftSeconds: secondsOf(startedAt, endedAt) });
  }
  return new Map([...counted].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** 司机台账: trips, hours and shifts of each driver. */
@Injectable()
export class DriverLedger {
  constructor(
    private readonly visits: VisitsOfPeriod,
    private readonly facts: FactsOfPeriod,
  ) {}

  async read(scope: ReportScope, period: Period, now: number): Promise<DriverEntry[]> {
    const brought: string[] = [];
    for await (const { broughtBy, arrivedAt } of this.visits.all(scope, period)) {
      if (broughtBy?.kind === 'driver' && isWithin(period, arrivedAt)) brought.push(broughtBy.id);
    }
    const [swaps, runs, shifts] = await Promise.all([
      this.facts.swaps(scope, period),
      this.facts.runs(scope, period),
      this.facts.shifts(scope, period),
    ]);
    const counted = countByDriver({ brought, swaps, runs, shifts }, period, now);
    const sides = await this.facts.sides([...counted.keys()], period);
    return [...counted].map(([driverId, counts]) => ({ driverId, side: sides.get(driverId) ?? 'outside', ...counts }));
  }
}
