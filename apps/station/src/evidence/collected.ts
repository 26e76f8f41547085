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
  /** Epoch milliseconds. */
  readonly expiresAt: number;
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
