import type { PolicyFlow, PolicyRules } from './policy-rules.js';

/** Over so long the trucks of a throttled lane are counted, in milliseconds. */
export const throttleWindowMillis = 3_600_000;

/** The trucks that go one way, at one station or at every one of an area. */
export interface Lane {
  readonly flow: PolicyFlow;
  /** Every station of the area where it is null or absent. */
  readonly stationCode?: string | null | undefined;
}

/** Whether a truck at (or for) a station of the lane's area goes on this lane. */
export function isOnLane(lane: Lane, truck: { readonly flow: PolicyFlow; readonly stationCode: string }): boolean {
  return lane.flow === truck.flow && (lane.stationCode ?? truck.stationCode) === truck.stationCode;
}

/**
 * From when on one more truck may get a driver where at most `trucksPerHour` may in any hour: `now` where it may at once;
 * undefined where none ever may. Instants are epoch milliseconds.
 * @param passedAt when trucks of the lane got their drivers, in any order; those of more than an hour ago do not count
 */
export function nextPassAt(passedAt: readonly number[], trucksPerHour: number, now: number): number | undefined {
  if (trucksPerHour < 1) return undefined;
  const recent = passedAt.filter((at) => at > now - throttleWindowMillis);
  if (recent.length < trucksPerHour) return now;
  recent.sort((one, other) => one - other);
  return recent[recent.length - trucksPerHour] + throttleWindowMillis;
}

const usualExemptFrom = 8;

/** From which priority of a visit on no throttle holds it back: 8 where the pack does not say, 10 for none. */
export function throttleExemptFrom(rules: Pick<PolicyRules, 'throttleExemptFromPriority'>): number {
  return rules.throttleExemptFromPriority ?? usualExemptFrom;
}
