import type { AreaPicture } from '../picture/area-picture.js';
import { statedRules } from '../picture/fold-assignments.js';
import { driverIsFree } from '../rules/driver-is-free.js';
import { changeableAssignments } from './changeable.js';
import { blocksOf, type Decision, type Given, proposal, withholding } from './decision.js';
import { CandidateSearch } from './find-candidates.js';
import { type AreaPlan, planArea } from './plan-area.js';
import { lateFrom } from './urgency.js';
import { waitingRows } from './waiting-rows.js';
import { laneRooms } from './within-throttles.js';

/** What a look at an area leads to. */
export interface Match {
  /** Most urgent first; only what is new. */
  readonly decisions: readonly Decision[];
  /** When to look again if nothing happens meanwhile, epoch milliseconds. */
  readonly lookAgainAt: number | undefined;
}

/**
 * Finds drivers for the waiting handoffs of an area: the hard rules say who may, a cheapest assignment of those who are free or come back
 * soon says who does. Trucks that are about to arrive have a place in it, behind those of their priority who wait: whoever is kept for one
 * is not proposed to a less urgent one. Of drivers who are as good, those go who are worth less to trucks that usually come at this hour. A
 * throttled lane gives no more trucks a driver than it has room for. Pure: the same picture and
 * instant give the same match. A handoff whose proposal is open is left alone; that a handoff waits is said once for each set of rules that
 * keeps it waiting.
 */
export function matchArea(picture: AreaPicture, now: number): Match {
  const search = new CandidateSearch(picture, now, driverIsFree, changeableAssignments(picture, now));
  const planned = planArea(picture, now, search, waitingRows(picture, now, search), laneRooms(picture, now));
  const given = givenBy(planned);
  const decisions: Decision[] = [];
  let { lookAgainAt } = planned;
  for (const [index, row] of planned.rows.entries()) {
    if (!('handoff' in row)) continue;
    // A driver may be given from one truck to another as soon as that is more urgent.
    const lateAt = search.changeable.size > 0 ? lateFrom(row.handoff) : undefined;
    if (lateAt !== undefined && lateAt > now) lookAgainAt = earlier(lookAgainAt, lateAt);
    if (row.held) continue;
    const choice = planned.plan[index];
    if (choice && choice.awaitedUntil === undefined) decisions.push(proposal(row, choice, now, given.taken));
    else {
      const blocks = blocksOf(row, given, choice);
      if (row.handoff.statedRules !== statedRules(blocks.map(({ rule }) => rule)))
        decisions.push(withholding(row, blocks));
      lookAgainAt = earlier(lookAgainAt, earlier(row.blocks.until, choice?.awaitedUntil));
    }
  }
  return { decisions, lookAgainAt: earlier(lookAgainAt, nextOfferToExpire(picture, now)) };
}

function givenBy({ rows, plan }: AreaPlan): Given {
  const [taken, kept, forecast] = [new Set<string>(), new Set<string>(), new Set<string>()];
  rows.forEach((row, index) => {
    const driverId = plan[index]?.driver.driverId;
    if (driverId === undefined) return;
    if ('handoff' in row) taken.add(driverId);
    else ('visit' in row ? kept : forecast).add(driverId);
  });
  return { taken, kept, forecast };
}

function nextOfferToExpire(picture: AreaPicture, now: number): number | undefined {
  let next: number | undefined;
  for (const { offer } of picture.waiting.values()) {
    if (offer && offer.expiresAt > now) next = earlier(next, offer.expiresAt);
  }
  return next;
}

function earlier(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
