import type { DepartureOutcome, Flow } from '@yizhan/contracts';
import type { ReportedException, ReportedRun, ReportedSwap, Side } from './facts-of-period.js';
import { isWithin, type Period } from './period.js';
import type { ReportedVisit } from './visits-of-period.js';

/** A number of each way. */
export type ByFlow = Readonly<Record<Flow, number>>;

/** What went through in one category. */
export interface CargoFigures {
  readonly category: string;
  readonly consignments: ByFlow;
  readonly tonnes: ByFlow;
  /** Consignments that nobody has weighed: their tonnes are in no sum. */
  readonly withoutTonnes: ByFlow;
}

/** A truck that waited longer than the policy's limit. */
export interface StrandedTruck {
  readonly visitId: string;
  readonly stationCode: string;
  readonly plate: string;
  readonly flow: Flow;
  readonly arrivedAt: number;
  readonly departedAt: number | null;
  /** Until it left, or until the report. */
  readonly waitedSeconds: number;
}

export interface ExceptionFigures {
  readonly code: string;
  readonly opened: number;
  readonly resolved: number;
  /** At the end of the period. */
  readonly open: number;
}

/** The figures of a day, a shift or any other period; instants are epoch milliseconds. */
export interface DailyFigures {
  readonly presentAtStart: ByFlow;
  readonly arrived: ByFlow;
  readonly departed: ByFlow;
  readonly presentAtEnd: ByFlow;
  readonly outcomes: Readonly<Record<DepartureOutcome, ByFlow>>;
  readonly swaps: ByFlow;
  readonly abortedHandoffs: ByFlow;
  readonly cargoHeld: ByFlow;
  readonly cargo: readonly CargoFigures[];
  /** Persons by side, each counted once: who brought a truck in, who took one over, and both together. */
  readonly drivers: {
    readonly brought: Readonly<Record<Side, number>>;
    readonly tookOver: Readonly<Record<Side, number>>;
    readonly all: Readonly<Record<Side, number>>;
  };
  readonly stranded: readonly StrandedTruck[];
  readonly turnedAway: readonly { readonly reason: string; readonly trucks: number }[];
  readonly redirected: readonly { readonly reason: string; readonly trucks: number }[];
  readonly runs: {
    readonly opened: number;
    readonly returned: number;
    readonly closedOtherwise: number;
    readonly overdue: number;
    readonly outAtEnd: number;
  };
  readonly exceptions: readonly ExceptionFigures[];
}

export interface DailyFacts {
  readonly visits: readonly ReportedVisit[];
  readonly swaps: readonly ReportedSwap[];
  readonly runs: readonly ReportedRun[];
  readonly exceptions: readonly ReportedException[];
  /** Who is not in it comes from outside. */
  readonly sides: ReadonlyMap<string, Side>;
}

/** How the figures are counted. */
export interface Counting {
  readonly period: Period;
  /** A wait that has not ended is counted until then. */
  readonly now: number;
  /** By zone, in milliseconds. */
  readonly strandedAfter: ReadonlyMap<string, number>;
}

const crossing: readonly (DepartureOutcome | null)[] = ['swapped', 'no_swap_needed'];

export function dailyFigures(facts: DailyFacts, counting: Counting): DailyFigures {
  const { visits, swaps } = facts;
  const { period } = counting;
  const arrived = visits.filter(({ arrivedAt }) => isWithin(period, arrivedAt));
  const departed = visits.filter(({ departedAt }) => isWithin(period, departedAt));
  const withOutcome = (outcome: DepartureOutcome) => departed.filter((visit) => visit.outcome === outcome);
  return {
    presentAtStart: byFlow(visits.filter((visit) => isThere(visit, period.from))),
    arrived: byFlow(arrived),
    departed: byFlow(departed),
    presentAtEnd: byFlow(visits.filter((visit) => isThere(visit, period.to))),
    outcomes: {
      swapped: byFlow(withOutcome('swapped')),
      no_swap_needed: byFlow(withOutcome('no_swap_needed')),
      turned_away: byFlow(withOutcome('turned_away')),
      redirected: byFlow(withOutcome('redirected')),
    },
    swaps: byFlow(swaps),
    abortedHandoffs: summed(visits, ({ aborted }) => aborted.filter(({ at }) => isWithin(period, at)).length),
    cargoHeld: summed(visits, ({ heldAt }) => heldAt.filter((at) => isWithin(period, at)).length),
    cargo: cargoOf(departed.filter(({ outcome }) => crossing.includes(outcome))),
    drivers: driversOf(facts, arrived),
    stranded: strandedAmong(visits, counting),
    turnedAway: reasonsOf(withOutcome('turned_away')),
    redirected: reasonsOf(withOutcome('redirected')),
    runs: runFigures(facts.runs, period),
    exceptions: exceptionFigures(facts.exceptions, period),
  };
}

const isThere = ({ arrivedAt, departedAt }: ReportedVisit, at: number): boolean => isOpenAt(at, arrivedAt, departedAt);

/** At the very instant what begins is not there yet, and what ends still is: a period has its first instant and not its last. */
const isOpenAt = (at: number, begins: number, ends: number | null): boolean =>
  begins < at && (ends === null || ends >= at);

function byFlow(items: readonly { readonly flow: Flow }[]): ByFlow {
  return summed(items, () => 1);
}

function summed<T extends { readonly flow: Flow }>(items: readonly T[], amount: (item: T) => number): ByFlow {
  const sum = { into_zone: 0, out_of_zone: 0 };
  for (const item of items) sum[item.flow] += amount(item);
  return { into_zone: rounded(sum.into_zone), out_of_zone: rounded(sum.out_of_zone) };
}

/** Sums of decimal fractions, without what binary ones add: tonnes are known to the kilogram at most. */
const rounded = (sum: number): number => Math.round(sum * 1_000) / 1_000;

function cargoOf(visits: readonly ReportedVisit[]): CargoFigures[] {
  const loads = visits.flatMap(({ flow, consignments }) =>
    consignments.map(({ category, tonnes }) => ({ flow, category, tonnes })),
  );
  return namesOf(loads, ({ category }) => category).map((category) => {
    const ofCategory = loads.filter((load) => load.category === category);
    return {
      category,
      consignments: byFlow(ofCategory),
      tonnes: summed(ofCategory, ({ tonnes }) => tonnes ?? 0),
      withoutTonnes: byFlow(ofCategory.filter(({ tonnes }) => tonnes === undefined)),
    };
  });
}

function driversOf({ swaps, sides }: DailyFacts, arrived: readonly ReportedVisit[]): DailyFigures['drivers'] {
  const brought = arrived.flatMap(({ broughtBy }) => (broughtBy?.kind === 'driver' ? [broughtBy.id] : []));
  const tookOver = swaps.map(({ toDriverId }) => toDriverId);
  const count = (driverIds: readonly string[]): Record<Side, number> => {
    const counts = { inside: 0, outside: 0 };
    for (const driverId of new Set(driverIds)) counts[sides.get(driverId) ?? 'outside'] += 1;
    return counts;
  };
  return { brought: count(brought), tookOver: count(tookOver), all: count([...brought, ...tookOver]) };
}

function strandedAmong(visits: readonly ReportedVisit[], { period, now, strandedAfter }: Counting): StrandedTruck[] {
  const asOf = Math.min(period.to, now);
  return visits.flatMap((visit) => {
    const { visitId, stationCode, plate, flow, arrivedAt, departedAt } = visit;
    const until = departedAt !== null && departedAt < asOf ? departedAt : asOf;
    const limit = strandedAfter.get(visit.zoneId);
    if (limit === undefined || until - arrivedAt <= limit) return [];
    const left = departedAt !== null && departedAt < asOf ? departedAt : null;
    const waitedSeconds = Math.floor((until - arrivedAt) / 1_000);
    return [{ visitId, stationCode, plate, flow, arrivedAt, departedAt: left, waitedSeconds }];
  });
}

/** A truck with several reasons counts for each; one without any stands under `not_given`. */
function reasonsOf(visits: readonly ReportedVisit[]): { reason: string; trucks: number }[] {
  const given = visits.flatMap(({ reasons }) => (reasons.length > 0 ? [...new Set(reasons)] : ['not_given']));
  return namesOf(given, (reason) => reason).map((reason) => ({
    reason,
    trucks: given.filter((each) => each === reason).length,
  }));
}

function runFigures(runs: readonly ReportedRun[], period: Period): DailyFigures['runs'] {
  const closed = runs.filter(({ closedAt }) => isWithin(period, closedAt));
  const returned = closed.filter(({ how }) => how === 'returned').length;
  return {
    opened: runs.filter(({ openedAt }) => isWithin(period, openedAt)).length,
    returned,
    closedOtherwise: closed.length - returned,
    overdue: runs.filter(({ overdueAt }) => isWithin(period, overdueAt)).length,
    outAtEnd: runs.filter(({ openedAt, closedAt }) => isOpenAt(period.to, openedAt, closedAt)).length,
  };
}

function exceptionFigures(exceptions: readonly ReportedException[], period: Period): ExceptionFigures[] {
  return namesOf(exceptions, ({ code }) => code).map((code) => {
    const ofCode = exceptions.filter((each) => each.code === code);
    return {
      code,
      opened: ofCode.filter(({ openedAt }) => isWithin(period, openedAt)).length,
      resolved: ofCode.filter(({ resolvedAt }) => isWithin(period, resolvedAt)).length,
      open: ofCode.filter(({ openedAt, resolvedAt }) => isOpenAt(period.to, openedAt, resolvedAt)).length,
    };
  });
}

function namesOf<T>(items: readonly T[], name: (item: T) => string): string[] {
  return [...new Set(items.map(name))].toSorted();
}
