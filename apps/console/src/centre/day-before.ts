const day = 24 * 3_600_000;
/** Reports are of days in China unless something else is asked for. */
const china = 8 * 3_600_000;

/** The last local day that is over, `2026-03-02`. @param now epoch milliseconds */
export const dayBefore = (now: number): string => new Date(now + china - day).toISOString().slice(0, 10);
