import { throttleWindowMillis } from '@yizhan/policy';

/** A truck that wants a driver. */
export interface Coming {
  /** When it is ready for one, epoch milliseconds. */
  readonly readyAt: number;
  readonly priority: number;
}

/** How many may get one. Instants are epoch milliseconds. */
export interface Pace {
  /** In any hour. */
  readonly trucksPerHour: number;
  /** When trucks have got theirs lately, in any order; later than now counts as now. */
  readonly passedAt: readonly number[];
  /** Trucks of this priority or a higher one are not held back, and count. */
  readonly exemptFromPriority?: number;
  /** From then on there is no limit. */
  readonly endsAt?: number;
}

/**
 * When each truck gets a driver if nothing but the pace keeps it back: of those who are ready the most urgent goes first, then who has been
 * ready for longest. Undefined where none ever does. A simulation in steps from one instant at which anything changes to the next; what is
 * not announced is not in it.
 */
export function forecast(trucks: readonly Coming[], pace: Pace, now: number): (number | undefined)[] {
  const { trucksPerHour, exemptFromPriority = Infinity, endsAt = Infinity } = pace;
  const passes: (number | undefined)[] = trucks.map(() => undefined);
  const coming = [...trucks.keys()].toSorted((one, other) => trucks[one].readyAt - trucks[other].readyAt);
  // In order: whoever passes is the last one.
  const passedAt = pace.passedAt.map((at) => Math.min(at, now)).toSorted((one, other) => one - other);
  // Least urgent first: who goes next is the last one.
  const ready: number[] = [];
  const pass = (truck: number, at: number): void => {
    passes[truck] = at;
    passedAt.push(at);
  };
  let [next, oldest] = [0, 0];
  for (let at = now; at < Infinity;) {
    while (passedAt[oldest] <= at - throttleWindowMillis) oldest += 1;
    for (; next < coming.length && trucks[coming[next]].readyAt <= at; next += 1) {
      if (trucks[coming[next]].priority >= exemptFromPriority) pass(coming[next], at);
      else sortIn(ready, coming[next], trucks);
    }
    const room = at >= endsAt ? ready.length : trucksPerHour - (passedAt.length - oldest);
    for (const truck of ready.splice(ready.length - Math.min(Math.max(room, 0), ready.length))) pass(truck, at);
    const comes = next < coming.length ? trucks[coming[next]].readyAt : Infinity;
    at = Math.min(comes, ready.length > 0 ? Math.min(freeAt(passedAt, trucksPerHour), endsAt) : Infinity);
  }
  return passes;
}

/** Behind those of its priority, who have been ready for longer. @param ready least urgent first */
function sortIn(ready: number[], truck: number, trucks: readonly Coming[]): void {
  const { priority } = trucks[truck];
  let [from, to] = [0, ready.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (trucks[ready[middle]].priority < priority) from = middle + 1;
    else to = middle;
  }
  ready.splice(from, 0, truck);
}

/** When a full hour has room again. @param passedAt in order */
const freeAt = (passedAt: readonly number[], trucksPerHour: number): number =>
  trucksPerHour < 1 ? Infinity : passedAt[passedAt.length - trucksPerHour] + throttleWindowMillis;

/** How long trucks wait, by a forecast. */
export interface ExpectedWait {
  readonly trucks: number;
  /** Of them, how many wait at all. */
  readonly held: number;
  /** Of them, how many never get a driver at this pace. */
  readonly never: number;
  /** Half of those that get one wait no longer than this; absent where none does. */
  readonly usualWaitSeconds?: number;
  readonly longestWaitSeconds?: number;
  /** When the last of them has one, epoch milliseconds; absent where one never has. */
  readonly doneAt?: number;
}

/** The waits of trucks, from when they are ready or from now on, whichever is later. */
export function expectedWait(trucks: readonly Coming[], pace: Pace, now: number): ExpectedWait {
  const passes = forecast(trucks, pace, now);
  const waits = passes
    .flatMap((at, index) => (at === undefined ? [] : [Math.round((at - Math.max(trucks[index].readyAt, now)) / 1000)]))
    .toSorted((one, other) => one - other);
  const never = passes.length - waits.length;
  const last = Math.max(...passes.map((at) => at ?? Infinity));
  return {
    trucks: trucks.length,
    held: never + waits.filter((seconds) => seconds > 0).length,
    never,
    ...(waits.length > 0 && {
      usualWaitSeconds: waits[Math.ceil(waits.length / 2) - 1],
      longestWaitSeconds: waits[waits.length - 1],
    }),
    ...(trucks.length > 0 && last < Infinity && { doneAt: last }),
  };
}

/** The most trucks that have got drivers within one hour. @param passedAt of the last day, in any order */
export function busiestHour(passedAt: readonly number[]): number {
  const sorted = passedAt.toSorted((one, other) => one - other);
  let [most, first] = [0, 0];
  for (const [index, at] of sorted.entries()) {
    while (sorted[first] <= at - throttleWindowMillis) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
