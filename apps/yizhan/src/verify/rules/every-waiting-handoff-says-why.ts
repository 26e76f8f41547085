import type { Rule } from '../rule.js';
import type { Violation } from '../verify-report.js';
import type { PlainEvent } from '../plain-event.js';
import type { Handoff, World } from '../world.js';

const GRACE_MILLISECONDS = 5000;

/** Rule 9: at the end of the log no handoff waits without a live assignment, an open proposal or a stated blocker. */
export const everyWaitingHandoffSaysWhy: Rule = {
  number: 9,
  on: { 'handoff.requested': () => undefined },
  atEnd: (world, last) => [...world.handoffs.values()].flatMap((handoff) => silentWait(handoff, world, last)),
};

function silentWait(handoff: Handoff, world: World, last: PlainEvent): Violation[] {
  const now = last.recordedtime;
  if (handoff.state !== 'requested' || handoff.assignment || handoff.withheld) return [];
  if (handoff.proposals.some((proposal) => proposal.open && !proposal.stale && proposal.expiresAt >= now)) return [];
  if (Date.parse(now) - Date.parse(handoff.waitingSince) < GRACE_MILLISECONDS) return [];
  const plate = world.visits.get(handoff.visitId)?.plate ?? 'unknown';
  const message = `handoff ${handoff.id} of truck ${plate} waits since ${handoff.waitingSince} and at ${now} nothing says why`;
  return [{ ...handoff.requestedBy, subject: `visit/${handoff.visitId}`, message }];
}
