/** Why a station stands still, a lane is throttled, or arrivals are moved. */
export const reasons = ['weather', 'outbreak', 'road', 'no_staff', 'crowded', 'other'] as const;
