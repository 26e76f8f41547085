import { isEvent } from '@yizhan/contracts';
import { parseInstant } from '@yizhan/kernel';
import { minute } from '../../replay/passages/local-time.js';
import type { StudyDay } from '../days/study-day.js';
import type { Simulation } from '../simulation/simulate.js';
import { type Outcome, outcomesOf, weightedMinutes } from './outcomes.js';

/** What came of a day under one policy. Times in minutes, of trucks on their way in. */
export interface PolicyFigures {
  readonly policy: string;
  /** Minutes waited for a driver, each counted by the truck's weight. */
  readonly weightedMinutes: number;
  readonly mean: number;
  readonly p95: number;
  readonly longest: number;
  readonly served: number;
  readonly turnedAway: number;
  /** By what keeps them waiting, as the last reasons that were told. */
  readonly notServed: Readonly<Record<string, number>>;
  /** Mean minutes by priority. */
  readonly byPriority: Readonly<Record<string, number>>;
  /** Weighted minutes by the hour in which trucks were ready, from the beginning on. */
  readonly byHour: readonly number[];
  /** Sorted waits, for the plot of how many waited longer. */
  readonly waits: readonly number[];
  readonly assignments: number;
  /** Shifts that ended after their time, because a trip took longer than planned, and the latest of them. */
  readonly lateShiftEnds: { readonly count: number; readonly of: number; readonly longest: number };
  readonly looks: { readonly count: number; readonly p50: number; readonly p99: number; readonly longest: number };
}

export function figuresOf(policy: string, day: StudyDay, simulation: Simulation): PolicyFigures {
  const outcomes = outcomesOf(day, simulation.events);
  const waited = outcomes.filter(({ readyAt, kind }) => readyAt !== undefined && kind !== 'turned_away');
  const waits = waited.map(({ waitedMinutes }) => waitedMinutes).toSorted((one, other) => one - other);
  return {
    policy,
    weightedMinutes: weightedMinutes(outcomes),
    mean: meanOf(waits),
    p95: percentile(waits, 0.95),
    longest: waits.at(-1) ?? 0,
    served: outcomes.filter(({ kind }) => kind === 'served').length,
    turnedAway: outcomes.filter(({ kind }) => kind === 'turned_away').length,
    notServed: countBy(outcomes.filter(({ kind }) => kind !== 'served' && kind !== 'turned_away').map(reasonOf)),
    byPriority: byPriority(waited),
    byHour: byHour(day, waited),
    waits,
    assignments: outcomes.reduce((sum, one) => sum + one.assignments, 0),
    lateShiftEnds: lateShiftEnds(simulation),
    looks: looksOf(simulation),
  };
}

function reasonOf({ kind, reasons }: Outcome): string {
  return kind === 'waiting' ? reasons.join(', ') || 'no reason was told' : kind;
}

function byPriority(outcomes: readonly Outcome[]): Record<string, number> {
  const priorities = [...new Set(outcomes.map(({ truck }) => truck.priority))].toSorted((one, other) => one - other);
  return Object.fromEntries(
    priorities.map((priority) => {
      const own = outcomes.filter(({ truck }) => truck.priority === priority);
      return [String(priority), meanOf(own.map(({ waitedMinutes }) => waitedMinutes))];
    }),
  );
}

function byHour(day: StudyDay, outcomes: readonly Outcome[]): number[] {
  const hours = Math.ceil((day.endsAt - day.startsAt) / (60 * minute));
  return Array.from({ length: hours }, (_, hour) =>
    weightedMinutes(
      outcomes.filter(({ readyAt = 0 }) => Math.floor((readyAt - day.startsAt) / (60 * minute)) === hour),
    ),
  );
}

function lateShiftEnds({ events }: Simulation): PolicyFigures['lateShiftEnds'] {
  const endsAt = new Map<string, number>();
  const late: number[] = [];
  let of = 0;
  for (const event of events) {
    if (isEvent(event, 'driver.shift_started')) endsAt.set(event.data.driverId, parseInstant(event.data.endsAt) ?? 0);
    if (!isEvent(event, 'driver.shift_ended')) continue;
    of += 1;
    const minutes = ((parseInstant(event.time) ?? 0) - (endsAt.get(event.data.driverId) ?? 0)) / minute;
    if (minutes > 0) late.push(minutes);
  }
  return { count: late.length, of, longest: Math.max(0, ...late) };
}

function looksOf({ looks }: Simulation): PolicyFigures['looks'] {
  const times = looks.map(({ milliseconds }) => milliseconds).toSorted((one, other) => one - other);
  return {
    count: times.length,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    longest: times.at(-1) ?? 0,
  };
}

/** A value that occurred (nearest rank). */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([, one], [, other]) => other - one));
}
