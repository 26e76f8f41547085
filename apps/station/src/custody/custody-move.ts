import type { HandedItem, Party, Truck } from '@yizhan/contracts';

/** A truck changes hands without a swap. */
export interface MoveCustodyInput {
  readonly plate: string;
  /** Who answers for the truck until now; an enterprise where it is not tracked yet. */
  readonly from: Party;
  readonly to: Party;
  /** Station or enterprise where it happens. */
  readonly place: string;
  /** A code: `nobody_there`, `taken_up`, `driver_absent`, `starts_inside`. */
  readonly reason: string;
  readonly items: readonly HandedItem[];
  /** An enterprise has its word for it that a truck is inside only where nothing says otherwise; staff have seen it. */
  readonly asks?: 'enterprise' | 'staff';
  /** Of the run that begins where the truck starts inside. */
  readonly run?: { readonly runId: string; readonly dueBackAt?: number };
  /** For a truck that we have not seen before. */
  readonly truck?: Truck;
}
