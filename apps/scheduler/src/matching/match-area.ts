import type { AreaPicture } from '../picture/area-picture.js';
import { statedRules } from '../picture/fold-assignments.js';
import type { PlannedRow } from './assign-drivers.js';
import { blocksOf, type Decision, type Given, proposal, withholding } from './decision.js';
import { expectedRows, inOneOrder } from './expected-rows.js';
import { CandidateSearch, type Option } from './find-candidates.js';
import { waitingRows } from './waiting-rows.js';
import { laneRooms, planWithin } from './within-throttles.js';

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
 * is not proposed to a less urgent one. A throttled lane gives no more trucks a driver than it has room for. Pure: the same picture and
 * instant give the same match. A handoff whose proposal is open is left alone; that a handoff waits is said once for each set of rules that
 * keeps it waiting.
 */
export function matchArea(picture: AreaPicture, now: number): Match {
  const search = new CandidateSearch(picture, now);
  const expected = expectedRows(picture, now, search);
  const { rows, plan } = planWithin(
    picture,
    inOneOrder(waitingRows(picture, now, search), expected.rows),
    laneRooms(picture, now),
  );
  const choices = new Map<PlannedRow, Option | undefined>(plan.map((choice, index) => [rows[index], choice]));
  const [waiting, kept] = [rows.filter((row) => 'handoff' in row), rows.filter((row) => !('handoff' in row))];
  const driversOf = (some: readonly PlannedRow[]): Set<string> =>
    new Set(some.map((row) => choices.get(row)?.driver.driverId ?? ''));
  const given: Given = { taken: driversOf(waiting), kept: driversOf(kept) };
  const decisions: Decision[] = [];
  let lookAgainAt = expected.lookAgainAt;
  for (const row of waiting) {
    const choice = choices.get(row);
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
