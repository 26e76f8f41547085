import type { CalendarDay, Code, Instant, Seconds, Sha256, TimeOfDay, Uuid } from './scalars.js';

/** Who answers for a truck: exactly one party at every instant. */
export interface Party {
  readonly kind: 'driver' | 'station' | 'enterprise';
  readonly id: Code;
}

export type Flow = 'into_zone' | 'out_of_zone';
/** Licence classes of China (GA 1014): `A2` drives tractors with trailers, `B2` large trucks, `C1` light trucks. */
export type Licence = 'A1' | 'A2' | 'B1' | 'B2' | 'C1';
export type PlateColour = 'yellow' | 'blue' | 'green' | 'yellow_green';

export interface Truck {
  /** Such as `浙G12345`. */
  readonly plate: Code;
  readonly plateColour: PlateColour;
  /** The least licence that may drive it. */
  readonly licenceRequired: Licence;
  readonly trailerPlate?: Code;
}

export interface ConsignmentFacts {
  readonly id: Code;
  readonly enterpriseId: Code;
  readonly category: Code;
  /** @minimum 0 */
  readonly tonnes?: number;
  readonly waybillNo?: Code;
  readonly outboundNo?: Code;
}

export interface PolicyRef {
  readonly id: Code;
  readonly version: Code;
}

export interface CheckResult {
  /** One item of the policy pack's template: `person`, `vehicle`, `pass`, `route`, `seal`, `credential`, `disinfection`. */
  readonly check: Code;
  readonly passed: boolean;
  /** A code, never free text. */
  readonly reason?: Code;
}

/** A driver's hours as they stand at the planned start. */
export interface ClockReading {
  readonly continuousSeconds: Seconds;
  readonly drivingSeconds24h: Seconds;
  readonly lastRestEndedAt?: Instant;
  readonly continuousNightSeconds?: Seconds;
}

/** Whom a driver met with a truck, where and when: ids, times and places only. */
export interface Contact {
  /** A driver, the person who witnessed, an enterprise or a station. */
  readonly id: Code;
  /**
   * What the other one did: handed the truck over or took it in a handoff, witnessed it, gave or took the truck without a
   * handoff, or is the enterprise that it reached.
   */
  readonly as: 'offgoing' | 'oncoming' | 'witness' | 'giver' | 'taker' | 'host';
  /** Station, enterprise, or what else was named as the place. */
  readonly place: Code;
  readonly at: Instant;
  readonly plate: Code;
}

export interface Override {
  readonly rule: Code;
  readonly reason: Code;
  readonly byId: Code;
  /** A second person, for a seal or credential override. */
  readonly secondId?: Code;
}

/** Somebody of the carrier agrees that the truck is handed over. */
export interface Authorisation {
  readonly carrierId?: Code;
  /** Who of the carrier. */
  readonly by: Code;
  readonly at: Instant;
  /** Who of the station took it down; absent where the carrier has said so itself. */
  readonly recordedById?: Code;
  /** The consent that was given beforehand, where it is one; `by` gave it, at `at`. */
  readonly consentId?: Uuid;
}

/** What a consent covers: all trucks of the carrier in the area, those that go one way, or one. */
export type ConsentScope = 'standing' | 'lane' | 'truck';

export interface Signature {
  readonly role: 'offgoing' | 'oncoming' | 'witness';
  readonly personId: Code;
  readonly signedAt: Instant;
  /**
   * `link` (on his own phone), `pin` (on the operator's tablet), `token` (signed in himself), `paper` (by hand, for which the
   * witness vouches), or `operator_for_absent` where the operator signs for an absent driver.
   */
  readonly method: Code;
  readonly proof?: string;
}

export interface HandedItem {
  /** `keys`, `vehicle_licence`, `transport_permit`, `waybill`, `toll_card`, `recorder_card`, `fuel_card`. */
  readonly code: Code;
  readonly given: boolean;
}

export interface Seal {
  readonly number: Code;
  readonly intact: boolean;
}

export interface Photo {
  readonly stage: Code;
  /** Digest of the picture, which is kept elsewhere. */
  readonly sha256: Sha256;
}

export interface Reservation {
  readonly code: Code;
  readonly noteHash?: Code;
}

export interface Blocker {
  /** The rule, resource or rival that keeps drivers from the handoff. */
  readonly rule: Code;
  /**
   * How many drivers it keeps away.
   * @asType integer
   * @minimum 0
   */
  readonly drivers: number;
}

/** WGS-84 degrees. */
export interface GeoPoint {
  /**
   * @minimum -90
   * @maximum 90
   */
  readonly latitude: number;
  /**
   * @minimum -180
   * @maximum 180
   */
  readonly longitude: number;
}

export type AssignmentEnd = 'declined' | 'expired' | 'no_show' | 'withdrawn';

/**
 * How a case was closed: `solved`; `cause_gone`, by itself; `workaround`, the goods get through another way; `passed_on` to somebody
 * outside of the product; `not_solved`; `opened_in_error`.
 */
export type CaseOutcome = 'solved' | 'cause_gone' | 'workaround' | 'passed_on' | 'not_solved' | 'opened_in_error';

/** How a loan ends before the other area has the driver. */
export type LoanEnd = 'declined' | 'withdrawn' | 'lapsed' | 'called_off';

/** How a throttle ends: by a person, by its time, or because another one of the same lane stands for it. */
export type ThrottleEnd = 'lifted' | 'expired' | 'replaced';

/** A stretch of driving or of rest. */
export interface PastStretch {
  readonly startedAt: Instant;
  readonly endedAt: Instant;
}

/** A driver for an area that has not heard of him before: all that decides what he may drive. */
export interface PooledDriver {
  /** Null: outside. */
  readonly insideZoneId: Code | null;
  readonly licences: readonly Licence[];
  readonly carrierId?: Code;
  /** What he holds, without what was recalled. */
  readonly credentials: readonly { credential: Code; validFrom: Instant; validUntil: Instant }[];
  /** As far back as a rule of hours of the area that he comes from asks. */
  readonly driving: readonly PastStretch[];
  readonly rests: readonly PastStretch[];
}

/** Why a driver does not come. */
export type DeclineReason = 'tired' | 'unwell' | 'truck_not_safe' | 'too_far' | 'personal' | 'other';
export type DepartureOutcome = 'swapped' | 'no_swap_needed' | 'turned_away' | 'redirected';
export type RunDirection = 'in_first' | 'out_first' | 'one_way';
export type WaitPlan = 'station' | 'away' | 'other_truck';
export type ZoneLevel = 'sealed' | 'controlled' | 'guarded' | 'silent';
/** Whether what the scheduler proposes is assigned at once, or waits for a person of the station. */
export type AssignmentMode = 'auto' | 'review';

/** From one time of day until another; one that is not later is of the next day. */
export interface OpenSpan {
  readonly from: TimeOfDay;
  readonly until: TimeOfDay;
}

/** When a station is open, by local time. Without a span in `weekly` it is always open, but for the exceptions. */
export interface OpeningHours {
  /**
   * Minutes that local time is ahead of UTC.
   * @asType integer
   * @minimum -840
   * @maximum 840
   */
  readonly utcOffsetMinutes: number;
  readonly weekly: readonly WeeklySpan[];
  /** Days that go otherwise than the week does; closed where there are no spans. */
  readonly exceptions: readonly HoursOfDay[];
}

export interface WeeklySpan extends OpenSpan {
  /**
   * 1 is Monday, 7 Sunday.
   * @asType integer
   * @minimum 1
   * @maximum 7
   */
  readonly weekday: number;
}

export interface HoursOfDay {
  readonly date: CalendarDay;
  readonly spans: readonly OpenSpan[];
}
