import type { PolicyFlow } from '../policy-rules.js';
import type { DriverActivity } from '../hours/driven-stretches.js';

/** Something that a driver holds until a time; recalled ones are left out. Instants are epoch milliseconds. */
export interface HeldCredential {
  readonly credential: string;
  readonly validFrom: number;
  readonly validUntil: number;
}

/** What eligibility asks of a driver. */
export interface DriverFacts {
  readonly driverId: string;
  /** The zone that he lives in; null for an outside driver. */
  readonly insideZoneId: string | null;
  readonly licences: readonly string[];
  readonly carrierId?: string;
  /** The open shift; absent while he has none. `endsAt` is epoch milliseconds. */
  readonly shift?: { readonly stationCode: string; readonly endsAt: number };
  readonly credentials: readonly HeldCredential[];
  readonly activity: DriverActivity;
}

/** What a swap asks of its on-coming driver. Instants are epoch milliseconds. */
export interface SwapNeeds {
  readonly flow: PolicyFlow;
  readonly zoneId: string;
  readonly licenceRequired: string;
  /** Whose truck it is. */
  readonly carrierId?: string;
  /** Out of the zone: who is named for the return, and who brought the truck in. */
  readonly returnDriverIds: readonly string[];
  readonly plannedStartAt: number;
  /** When a driver who takes the truck into the zone is back with it. */
  readonly plannedReturnAt?: number;
  /** Names of rules that somebody overrides by hand; honoured only where the pack's `overridable` allows it. */
  readonly overridden?: readonly string[];
}
