/** Whole minutes, as statements show them: what is begun counts from its half on. */
export const minutesOf = (seconds: number): number => Math.round(seconds / 60);
