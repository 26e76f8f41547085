import type { CostWeights, PolicyRules } from './policy-rules.js';

/** Where a pack says nothing. */
const usual: CostWeights = {
  emptyTravelMinuteSeconds: 0,
  drivenMinuteSeconds: 1,
  spareLicenceSeconds: 100,
  shiftLeftMinuteSeconds: 1,
  unansweredSeconds: 1_800,
  awaitedDriverSeconds: 300,
  priorityPercent: 100,
  announcedWithinSeconds: 1_800,
  forecastWithinSeconds: 7_200,
  forecastTruckSeconds: 900,
  freezeSeconds: 600,
  switchSeconds: 300,
  changesPermille: 20,
  lineStopWithinSeconds: 7_200,
  lineStopPriority: 8,
};

/** By what drivers are compared. */
export function weightsOf(rules: Pick<PolicyRules, 'weights'>): CostWeights {
  return { ...usual, ...rules.weights };
}
