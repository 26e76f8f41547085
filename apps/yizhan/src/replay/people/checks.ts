import type { CheckResult } from '@yizhan/contracts';
import { checksNeeded, policyPack } from '@yizhan/policy';
import type { Floor } from './floor.js';
import { slotsOf, type VisitCase } from './visit-case.js';

/** Why a truck is checked: on arrival, again after it failed, or again because its cargo is held. */
export type CheckOccasion = 'arrival' | 'failed' | 'held';

/** Plans the next check of a truck, with the result that it will have. */
export function planCheck(
  { scenario, chance, planner }: Floor,
  visit: VisitCase,
  occasion: CheckOccasion,
  now: number,
): void {
  const { visitId, timesChecked } = visit;
  const { durations } = scenario;
  const takes = { arrival: durations.checks, failed: durations.checksAgain, held: durations.clearHold }[occasion];
  const begins = occasion === 'arrival' ? visit.arrivedAt : now;
  const dueAt = planner.next(now, begins + chance.duration(takes, `${visitId}/check/${timesChecked}`));
  const checks = resultsOf({ scenario, chance }, visit, occasion);
  planner.ask(slotsOf(visitId).check, `check:${visitId}`, dueAt, { step: 'checkVisit', input: { visitId, checks } });
}

function resultsOf(
  { scenario, chance }: Pick<Floor, 'scenario' | 'chance'>,
  visit: VisitCase,
  occasion: CheckOccasion,
): CheckResult[] {
  const { visitId, flow, timesChecked } = visit;
  const names = checksNeeded(policyPack(scenario.policy).rules, flow);
  const { checkFails, checkFailsAgain } = scenario.rates;
  // Out of the zone nobody is turned away: what failed is mended on the spot.
  const rate = { arrival: checkFails, failed: flow === 'into_zone' ? checkFailsAgain : 0, held: 0 }[occasion];
  const fails = chance.happens(rate, `${visitId}/check-fails/${timesChecked}`);
  const failed = fails ? chance.pick(names, () => 1, `${visitId}/which-check`) : undefined;
  return names.map((check) =>
    check === failed ? { check, passed: false, reason: 'not_in_order' } : { check, passed: true },
  );
}
