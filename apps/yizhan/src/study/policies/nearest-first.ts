import { blocksOf, type Decision, proposal, withholding } from '../../../../scheduler/src/matching/decision.js';
import type { Option } from '../../../../scheduler/src/matching/find-candidates.js';
import type { Match } from '../../../../scheduler/src/matching/match-area.js';
import { type WaitingRow, waitingRows } from '../../../../scheduler/src/matching/waiting-rows.js';
import type { AreaPicture } from '../../../../scheduler/src/picture/area-picture.js';
import { statedRules } from '../../../../scheduler/src/picture/fold-assignments.js';
import { earliest } from '../simulation/simulated-area.js';
import type { Policy } from './policy.js';

/**
 * First come, first served by the nearest driver who may: what a dispatcher with a list and a map does. The same hard rules as the
 * scheduler asks; trucks in the order in which they are ready, each with the driver who can start with it soonest; of equals the lower id.
 */
export const nearestFirst: Policy = { name: 'nearest-first', decide };

function decide(picture: AreaPicture, now: number): Match {
  const rows = waitingRows(picture, now).toSorted(byReadiness);
  const taken = new Set<string>();
  const choices = rows.map((row) => {
    const choice = nearest(row.options.filter(({ driver }) => !taken.has(driver.driverId)));
    if (choice) taken.add(choice.driver.driverId);
    return choice;
  });
  const decisions = rows.flatMap((row, index) => decisionOn(row, choices[index], now, taken));
  const lookAgainAt = earliest(...rows.map(({ blocks }, index) => (choices[index] ? undefined : blocks.until)));
  return { decisions, lookAgainAt };
}

function decisionOn(
  row: WaitingRow,
  choice: Option | undefined,
  now: number,
  taken: ReadonlySet<string>,
): readonly Decision[] {
  if (choice) return [proposal(row, choice, now, taken)];
  const blocks = blocksOf(row);
  const isStated = row.handoff.statedRules === statedRules(blocks.map(({ rule }) => rule));
  return isStated ? [] : [withholding(row, blocks)];
}

function byReadiness({ handoff: one }: WaitingRow, { handoff: other }: WaitingRow): number {
  return one.readyAt - other.readyAt || (one.handoffId < other.handoffId ? -1 : 1);
}

function nearest(options: readonly Option[]): Option | undefined {
  let best: Option | undefined;
  for (const option of options) {
    if (best && option.parts.delaySeconds >= best.parts.delaySeconds) continue;
    best = option;
  }
  return best;
}
