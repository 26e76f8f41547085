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
  /** Assignments to this very handoff that he let run out. */
  readonly unanswered: number;
}

export const largestCost = 20_000;

/** By the weights of the pack. One unit is a second of delay. A whole number from 0 to 20,000. */
export function costOf(rules: PolicyRules, parts: CostParts): number {
  const weights = weightsOf(rules);
  const cost =
    parts.delaySeconds +
    parts.travelMinutes * weights.emptyTravelMinuteSeconds +
    parts.spareLicences * weights.spareLicenceSeconds +
    parts.drivenMinutes * weights.drivenMinuteSeconds +
    parts.unanswered * weights.unansweredSeconds;
  return Math.min(cost, largestCost);
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
