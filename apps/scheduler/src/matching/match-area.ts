import type { AreaPicture } from '../picture/area-picture.js';
import { statedRules } from '../picture/fold-assignments.js';
import { assignDrivers } from './assign-drivers.js';
import { blocksOf, type Decision, proposal, withholding } from './decision.js';
import { waitingRows } from './waiting-rows.js';

/** What a look at an area leads to. */
export interface Match {
  /** Most urgent first; only what is new. */
  readonly decisions: readonly Decision[];
  /** When to look again if nothing happens meanwhile, epoch milliseconds. */
  readonly lookAgainAt: number | undefined;
}

/**
 * Finds drivers for the waiting handoffs of an area: the hard rules say who may, a cheapest assignment of those who are free or come back soon says who does. Pure: the same picture and instant give
 * the same match. A handoff whose proposal is open is left alone; that a handoff waits is said once for each set of rules that keeps it waiting.
 */
export function matchArea(picture: AreaPicture, now: number): Match {
  const rows = waitingRows(picture, now);
  const choices = assignDrivers(rows);
  const taken = new Set(choices.map((choice) => choice?.driver.driverId ?? ''));
  const decisions: Decision[] = [];
  let lookAgainAt: number | undefined;
  rows.forEach((row, index) => {
    const choice = choices[index];
    if (choice && choice.awaitedUntil === undefined) decisions.push(proposal(row, choice, now, taken));
    else {
      const blocks = blocksOf(row, taken, choice);
      if (row.handoff.statedRules !== statedRules(blocks.map(({ rule }) => rule)))
        decisions.push(withholding(row, blocks));
      lookAgainAt = earlier(lookAgainAt, earlier(row.blocks.until, choice?.awaitedUntil));
    }
  });
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
