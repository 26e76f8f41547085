import { type PolicyRules, weightsOf } from '@yizhan/policy';

/** What speaks against giving a driver to a handoff. */
export interface CostParts {
  /** From when the truck could start to when it starts with him: travel, and waiting for his hours. */
  readonly delaySeconds: number;
  /** To the station, without a truck. */
  readonly travelMinutes: number;
  /** Licences that he holds beyond what the truck needs. */
  readonly spareLicences: number;
  /** Driven in the last 24 h. */
  readonly drivenMinutes: number;
  /** Of his shift, when he is back. */
  readonly shiftLeftMinutes: number;
  /** Assignments to this very handoff that he let run out. */
  readonly unanswered: number;
}

export const largestCost = 20_000;

/** In seconds of delay, by the weights of the pack. Whole numbers, together at most 20,000. */
export interface Costs {
  /** What the truck waits for him, or has to fear to wait. */
  readonly wait: number;
  /** What he would be worth to others, whoever has him: it does not count more because this truck is urgent. */
  readonly worth: number;
}

export function costsOf(rules: PolicyRules, parts: CostParts): Costs {
  const weights = weightsOf(rules);
  const wait = parts.delaySeconds + parts.unanswered * weights.unansweredSeconds;
  const worth =
    parts.travelMinutes * weights.emptyTravelMinuteSeconds +
    parts.spareLicences * weights.spareLicenceSeconds +
    parts.drivenMinutes * weights.drivenMinuteSeconds +
    parts.shiftLeftMinutes * weights.shiftLeftMinuteSeconds;
  return atMost(largestCost, { wait, worth });
}

/** Waiting that is expected besides. */
export function waitingLonger(costs: Costs, seconds: number): Costs {
  return atMost(largestCost, { ...costs, wait: Math.max(0, costs.wait + seconds) });
}

function atMost(most: number, { wait, worth }: Costs): Costs {
  return { wait: Math.min(wait, most), worth: Math.min(worth, Math.max(0, most - wait)) };
}

/** By how much the seconds of a truck count, in percent of those of one without priority. */
export function weightPercentOf(rules: PolicyRules, priority: number): number {
  return 100 + weightsOf(rules).priorityPercent * priority;
}

/**
 * What it costs to leave the handoff of place `rank` (0 is the most urgent) of `rows` without a driver. One place is worth more than all
 * that drivers can cost together, so first as many handoffs as possible have a driver, the more urgent before the less, and then the drivers are the cheapest.
 * Smaller steps where thousands wait, so that sums stay exact.
 */
export function skipCostOf(rank: number, rows: number, largest = largestCost): number {
  const exact = Math.floor(Number.MAX_SAFE_INTEGER / (4 * (rows + 1) ** 2));
  return Math.min((largest + 1) * (rows + 1), exact) * (rows - rank);
}

const spareByLicences = new WeakMap<PolicyRules, WeakMap<readonly string[], number>>();

/** How many licence classes of the pack these licences cover. Remembered per list of licences. */
export function licencesCovered(rules: PolicyRules, held: readonly string[]): number {
  let known = spareByLicences.get(rules);
  if (!known) {
    known = new WeakMap();
    spareByLicences.set(rules, known);
  }
  let covered = known.get(held);
  if (covered === undefined) {
    covered = new Set(
      held.flatMap((licence) => (Object.hasOwn(rules.licenceCovers, licence) ? rules.licenceCovers[licence] : [])),
    ).size;
    known.set(held, covered);
  }
  return covered;
}
