import type { BoardFacts } from './standings.js';

/** The drivers of one side who are on duty. */
export interface DriversOfSide {
  readonly side: string;
  readonly onDuty: number;
  readonly idle: number;
  /** Called to a truck, or at the swap. */
  readonly atHandoff: number;
  readonly driving: number;
  /** Until their shifts end, of all together. */
  readonly secondsLeft: number;
  /** For how long those who are idle have been, on average; undefined where nobody is. */
  readonly idleSeconds: number | undefined;
  /** For how long the one has been who has longest. */
  readonly longestIdleSeconds: number | undefined;
}

/** Those inside the zone first, then those outside; a side without drivers on duty too. */
export function driversBySide({ asOf, now }: Pick<BoardFacts, 'asOf' | 'now'>): DriversOfSide[] {
  const drivers = now.filter(({ kind }) => kind === 'driver');
  return ['inside', 'outside'].map((side) => {
    const own = drivers.filter(({ label }) => label === side);
    const idle = own.filter(({ state }) => state === 'idle');
    const ofIdle = sum(idle);
    const total = (field: 'secondsLeft' | 'secondsSince', rows: typeof own): number =>
      rows.reduce((all, row) => all + (row[field] ?? 0), 0);
    const oldest = Math.min(...idle.map(({ oldestSince }) => Date.parse(oldestSince)));
    return {
      side,
      onDuty: sum(own),
      idle: ofIdle,
      atHandoff: sum(own.filter(({ state }) => state === 'assigned' || state === 'swapping')),
      driving: sum(own.filter(({ state }) => state === 'driving')),
      secondsLeft: total('secondsLeft', own),
      idleSeconds: ofIdle === 0 ? undefined : total('secondsSince', idle) / ofIdle,
      longestIdleSeconds: ofIdle === 0 ? undefined : (Date.parse(asOf) - oldest) / 1_000,
    };
  });
}

const sum = (rows: readonly { readonly count: number }[]): number =>
  rows.reduce((total, { count }) => total + count, 0);
