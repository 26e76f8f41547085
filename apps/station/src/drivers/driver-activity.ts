import { type DriverActivity, type PolicyRules, pruneActivity, type Stretch } from '@yizhan/policy';

/** What a driver's row says of his driving; epoch milliseconds. */
export interface RecordedActivity {
  readonly activity: DriverActivity;
  /** He has been driving since then and has not stopped. */
  readonly drivingSince: number | null;
}

/** As the hours rules want it: the driving that goes on is an interval without an end. */
export function activityUpToNow({ activity, drivingSince }: RecordedActivity): DriverActivity {
  if (drivingSince === null) return activity;
  return { ...activity, driving: [...activity.driving, { from: drivingSince, to: null }] };
}

/** He stops at `at`. What was recorded out of order, with an end before its beginning, is no driving. */
export function activityAfterDriving({ activity, drivingSince }: RecordedActivity, at: number): DriverActivity {
  if (drivingSince === null || drivingSince >= at) return activity;
  return { ...activity, driving: [...activity.driving, { from: drivingSince, to: at }] };
}

export function activityAfterRest(activity: DriverActivity, rest: Stretch): DriverActivity {
  return { ...activity, rests: [...activity.rests, rest] };
}

/** Drops what no rule of any policy of his area can ask for any more. */
export function prunedFor(activity: DriverActivity, at: number, policies: readonly PolicyRules[]): DriverActivity {
  const [first, ...others] = policies;
  if (!first) return activity;
  return pruneActivity(activity, at, { ...first, hours: [first, ...others].flatMap(({ hours }) => hours) });
}
