/** How long things have lately taken in an area, in seconds: the last of each, the newest at the end. */
export interface UsualTimes {
  /** From gate-in on the way into the zone until the truck is ready for its driver. */
  readonly untilReady: number[];
  /** From the departure into the zone to the arrival of the same driver with the truck. */
  readonly away: number[];
  /** From that arrival until an outside driver has taken the truck over. */
  readonly handingBack: number[];
}

const kept = 64;
const fewest = 10;

/** Until an area has seen enough of its own. */
const beforeAnyIsKnown: Record<keyof UsualTimes, number> = {
  untilReady: 600,
  away: 7_200,
  handingBack: 1_800,
};

export function noUsualTimes(): UsualTimes {
  return { untilReady: [], away: [], handingBack: [] };
}

export function noteTime(times: UsualTimes, what: keyof UsualTimes, millis: number): void {
  if (millis <= 0) return;
  times[what].push(Math.round(millis / 1000));
  if (times[what].length > kept) times[what].shift();
}

/** Seconds that three of four did not exceed: who counts on somebody would rather wait too short than too long. */
export function usualSeconds(times: UsualTimes, what: keyof UsualTimes): number {
  const sorted = times[what].toSorted((one, other) => one - other);
  if (sorted.length < fewest) return beforeAnyIsKnown[what];
  return sorted[Math.ceil(sorted.length * 0.75) - 1];
}
