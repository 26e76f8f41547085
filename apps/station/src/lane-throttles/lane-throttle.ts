import type { Flow } from '@yizhan/contracts';
import { type PolicyRules, nextPassAt, throttleExemptFrom } from '@yizhan/policy';

/** A throttle that has not ended, its row locked until the transaction ends. Instants are epoch milliseconds. */
export interface LaneThrottle {
  readonly throttleId: string;
  readonly areaCode: string;
  readonly flow: Flow;
  /** Null: every station of the area. */
  readonly stationCode: string | null;
  readonly trucksPerHour: number;
  readonly endsAt: number | null;
}

/** A throttle that stands, and when trucks of its lane got the drivers whom they have. */
export interface ThrottleInForce extends LaneThrottle {
  readonly assignedAt: readonly number[];
}

/** Why a truck gets no driver now, and from when on it may; never as long as the throttle stands where `until` is absent. */
export interface HeldBack {
  readonly throttleId: string;
  readonly trucksPerHour: number;
  readonly until?: number;
}

/** The throttle that holds a truck back for longest; undefined where none does. @param throttles of its lane */
export function heldBack(
  throttles: readonly ThrottleInForce[],
  truck: { readonly priority: number; readonly rules: Pick<PolicyRules, 'throttleExemptFromPriority'> },
  now: number,
): HeldBack | undefined {
  if (truck.priority >= throttleExemptFrom(truck.rules)) return undefined;
  let longest: HeldBack | undefined;
  for (const { throttleId, trucksPerHour, endsAt, assignedAt } of throttles) {
    if (endsAt !== null && endsAt <= now) continue;
    const next = nextPassAt(assignedAt, trucksPerHour, now);
    if (next === now) continue;
    const until = Math.min(next ?? Infinity, endsAt ?? Infinity);
    if (longest && until <= (longest.until ?? Infinity)) continue;
    longest = { throttleId, trucksPerHour, ...(until < Infinity && { until }) };
  }
  return longest;
}
