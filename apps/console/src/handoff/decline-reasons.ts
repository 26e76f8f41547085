import type { DeclineRequest } from '@yizhan/client';

export type DeclineReason = NonNullable<DeclineRequest['reason']>;

/** Why a driver does not come. */
export const declineReasons = [
  'tired',
  'unwell',
  'truck_not_safe',
  'too_far',
  'personal',
  'other',
] as const satisfies readonly DeclineReason[];
