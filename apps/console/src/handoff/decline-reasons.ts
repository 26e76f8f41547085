/** Why a driver does not come. */
export const declineReasons = ['tired', 'unwell', 'truck_not_safe', 'too_far', 'personal', 'other'] as const;

export type DeclineReason = (typeof declineReasons)[number];
