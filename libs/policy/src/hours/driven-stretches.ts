/** A stretch of time, epoch milliseconds, `from` included and `to` excluded. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * What is known of a driver's driving and rests; epoch milliseconds, any order, overlaps allowed.
 * A `to` of `null` is driving that has not ended. A recorded rest inside a driving interval is time not driven.
 */
export interface DriverActivity {
  readonly driving: readonly { readonly from: number; readonly to: number | null }[];
  readonly rests: readonly Stretch[];
}

/**
 * The driving before `at` as sorted stretches with gaps between them: overlaps merged, recorded rests cut out, what has
 * not ended driven until `at`.
 */
export function drivenStretches(activity: DriverActivity, at: number): readonly Stretch[] {
  const driving = merged(activity.driving, at);
  return activity.rests.length === 0 || driving.length === 0 ? driving : without(driving, merged(activity.rests, at));
}

/**
 * The index of the first stretch since the last rest, `driven.length` where he rests at `at`.
 * A rest is any stretch of at least `restMillis` without driving. O(stretches since that rest).
 */
export function firstSinceRest(driven: readonly Stretch[], at: number, restMillis: number): number {
  let index = driven.length;
  let drivesAgainAt = at;
  while (index > 0 && drivesAgainAt - driven[index - 1].to < restMillis) {
    index -= 1;
    drivesAgainAt = driven[index].from;
  }
  return index;
}

/** Sums to whole seconds, rounded up, so that the recorded clock never says less than was driven. */
export function wholeSeconds(millis: number): number {
  return Math.ceil(millis / 1000);
}

function merged(intervals: DriverActivity['driving'], at: number): Stretch[] {
  const clipped = intervals
    .map(({ from, to }) => ({ from, to: Math.min(to ?? at, at) }))
    .filter(({ from, to }) => from < to);
  clipped.sort((one, other) => one.from - other.from);
  const result: Stretch[] = [];
  for (const next of clipped) {
    const last = result.at(-1);
    if (last && next.from <= last.to) result[result.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    else result.push(next);
  }
  return result;
}

function without(driving: readonly Stretch[], rests: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  let rest = 0;
  for (const { from, to } of driving) {
    let start = from;
    while (rest < rests.length && rests[rest].to <= start) rest += 1;
    for (let next = rest; next < rests.length && rests[next].from < to; next += 1) {
      if (rests[next].from > start) result.push({ from: start, to: rests[next].from });
      start = rests[next].to;
    }
    if (start < to) result.push({ from: start, to });
  }
  return result;
}
