import type { Flow, HandedItem, Party, Seal } from '@yizhan/contracts';

/** `plan` before the swap, for the driver who is to take the truck; `swap` after it. */
export const slipKinds = ['plan', 'swap'] as const;
export type SlipKind = (typeof slipKinds)[number];

/** What a slip says under its signature: ids, codes and instants, and never a name. */
export interface SlipFacts {
  readonly kind: SlipKind;
  readonly handoffId: string;
  readonly stationCode: string;
  readonly plate: string;
  readonly flow: Flow;
  /** Who handed the truck over; absent before the swap. */
  readonly from?: Party;
  readonly toDriverId: string;
  /** The instant at which responsibility moved, or is planned to; epoch milliseconds. */
  readonly at: number;
  /** When the truck is planned to be back. */
  readonly returnAt?: number;
  readonly seal?: Seal;
  readonly items: readonly HandedItem[];
}
