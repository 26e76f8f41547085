import type { Authorisation, HandedItem, Override, Photo, Reservation, Seal, Signature } from '@yizhan/contracts';

/** What is handed over and seen in the bay, as far as somebody has said. */
export interface EvidenceParts {
  readonly items?: readonly HandedItem[];
  readonly odometerKm?: number;
  readonly fuelPercent?: number;
  readonly seal?: Seal;
  readonly photos?: readonly Photo[];
  readonly reservations?: readonly Reservation[];
}

/** What has come together on a handoff, one by one, before its completion takes it over. */
export interface Collected extends EvidenceParts {
  readonly signatures: readonly Signature[];
  readonly items: readonly HandedItem[];
  readonly photos: readonly Photo[];
  readonly reservations: readonly Reservation[];
  readonly authorisation?: Authorisation;
  /** Of second persons, for overrides that are still to come. */
  readonly approvals?: readonly Approval[];
  /** What somebody has asked a second person for. */
  readonly overrideRequests?: readonly OverrideRequest[];
  /** Of the scheduler, newest first, for an operator to confirm. */
  readonly suggestions?: readonly Suggestion[];
  /** Somebody takes the truck although its seal is not the recorded one. */
  readonly sealOverride?: Override;
}

/** A driver whom the scheduler proposes, with whom else it has weighed; its decision says why. Instants are RFC 3339. */
export interface Suggestion {
  readonly decisionId: string;
  readonly driverId: string;
  readonly plannedStartAt: string;
  readonly plannedReturnAt?: string;
  readonly standsUntil: string;
  readonly alternatives: readonly { readonly driverId: string; readonly cost: number }[];
}

/** A second person's word that a rule may be overridden. */
export interface Approval {
  readonly rule: string;
  readonly byId: string;
  /** A code, never free text. */
  readonly reason: string;
  /** For whom a driver's rule is overridden. */
  readonly driverId?: string;
  /** The one that was seen, where he was shown it: no other is taken by it. */
  readonly seal?: Seal;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export const overrideDecisions = ['approved', 'refused'] as const;
export type OverrideDecision = (typeof overrideDecisions)[number];

/** Somebody asks a second person whether a rule may be overridden. Instants are epoch milliseconds. */
export interface OverrideRequest {
  readonly overrideRequestId: string;
  readonly rule: string;
  /** A code, never free text. */
  readonly reason: string;
  /** For whom a driver's rule is to be overridden. */
  readonly driverId?: string;
  /** The seal that was seen. */
  readonly seal?: Seal;
  /** Who asks. */
  readonly byId: string;
  readonly askedAt: number;
  /** It ends by itself. */
  readonly expiresAt: number;
  /** What it costs to wait instead: the rule lets him from then on. Absent where waiting alone does not help. */
  readonly blockedUntil?: number;
  readonly decision?: OverrideDecision;
  readonly decidedById?: string;
  readonly decidedAt?: number;
}

export const nothingCollected: Collected = { signatures: [], items: [], photos: [], reservations: [] };

/** What goes with the truck, in the order in which it is asked for. */
export const handedItemCodes = [
  'keys',
  'vehicle_licence',
  'transport_permit',
  'waybill',
  'toll_card',
  'recorder_card',
  'fuel_card',
] as const;
