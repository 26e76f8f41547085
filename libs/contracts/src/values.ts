/** Who answers for a truck: exactly one party at every instant. */
export interface Party {
  readonly kind: 'driver' | 'station' | 'enterprise';
  readonly id: string;
}

export type Flow = 'into_zone' | 'out_of_zone';
/** Licence classes of China (GA 1014): `A2` drives tractors with trailers, `B2` large trucks, `C1` light trucks. */
export type Licence = 'A1' | 'A2' | 'B1' | 'B2' | 'C1';
export type PlateColour = 'yellow' | 'blue' | 'green' | 'yellow_green';

export interface Truck {
  /** Such as `浙G12345`. */
  readonly plate: string;
  readonly plateColour: PlateColour;
  /** The least licence that may drive it. */
  readonly licenceRequired: Licence;
  readonly trailerPlate?: string;
}

export interface ConsignmentFacts {
  readonly id: string;
  readonly enterpriseId: string;
  readonly category: string;
  readonly tonnes?: number;
  readonly waybillNo?: string;
  readonly outboundNo?: string;
}

export interface PolicyRef {
  readonly id: string;
  readonly version: string;
}

export interface CheckResult {
  /** One item of the policy pack's template: `person`, `vehicle`, `pass`, `route`, `seal`, `credential`, `disinfection`. */
  readonly check: string;
  readonly passed: boolean;
  /** A code, never free text. */
  readonly reason?: string;
}

/** A driver's hours as they stand at the planned start. */
export interface ClockReading {
  readonly continuousSeconds: number;
  readonly drivingSeconds24h: number;
  readonly lastRestEndedAt?: string;
  readonly continuousNightSeconds?: number;
}

export interface Override {
  readonly rule: string;
  readonly reason: string;
  readonly byId: string;
  /** A second person, for a seal or credential override. */
  readonly secondId?: string;
}

export interface Signature {
  readonly role: 'offgoing' | 'oncoming' | 'witness';
  readonly personId: string;
  readonly signedAt: string;
  /** `pin`, `link`, `paper`, or `operator_for_absent` where the operator signs for an absent driver. */
  readonly method: string;
  readonly proof?: string;
}

export interface HandedItem {
  /** `keys`, `vehicle_licence`, `transport_permit`, `waybill`, `toll_card`, `recorder_card`, `fuel_card`. */
  readonly code: string;
  readonly given: boolean;
}

export interface Seal {
  readonly number: string;
  readonly intact: boolean;
}

export interface Photo {
  readonly stage: string;
  /** Hex digest of the picture, which is kept elsewhere. */
  readonly sha256: string;
}

export interface Reservation {
  readonly code: string;
  readonly noteHash?: string;
}

export interface Blocker {
  /** The rule, resource or rival that keeps drivers from the handoff. */
  readonly rule: string;
  /** How many drivers it keeps away. */
  readonly drivers: number;
}

export type AssignmentEnd = 'declined' | 'expired' | 'no_show' | 'withdrawn';
export type DepartureOutcome = 'swapped' | 'no_swap_needed' | 'turned_away' | 'redirected';
export type RunDirection = 'in_first' | 'out_first' | 'one_way';
export type WaitPlan = 'station' | 'away' | 'other_truck';
export type ZoneLevel = 'sealed' | 'controlled' | 'guarded' | 'silent';
