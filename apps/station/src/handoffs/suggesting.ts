import type { YizhanEvent } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { given } from '../cases/given.js';
import { conflict } from '../cases/problems.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { nothingCollected, type Suggestion } from '../evidence/collected.js';
import type { AssignmentPlan } from './assigning.js';
import type { Handoff, RequestedHandoff } from './handoff.js';

const kept = 5;

/** Where operators confirm: the proposal is kept on the handoff, and the scheduler waits as long as a driver would have. */
export function suggest(
  { visit, place }: TruckCase,
  handoff: RequestedHandoff,
  proposal: YizhanEvent<'assignment.proposed'>['data'],
  { plannedStartAt, plannedReturnAt }: AssignmentPlan,
  { at }: Now,
): Decision<string> {
  const { handoffId } = handoff;
  const { driverId, decisionId, alternatives } = proposal;
  const suggested = {
    driverId,
    decisionId,
    plannedStartAt: toIso(plannedStartAt),
    ...given({ plannedReturnAt: plannedReturnAt === undefined ? undefined : toIso(plannedReturnAt) }),
    standsUntil: toIso(at + place.rules.timers.acceptWithinSeconds * 1000),
  };
  const collected = handoff.collected ?? nothingCollected;
  const others = (collected.suggestions ?? []).filter((other) => other.driverId !== driverId);
  const suggestions: Suggestion[] = [{ ...suggested, alternatives }, ...others].slice(0, kept);
  return {
    handoff: { ...handoff, collected: { ...collected, suggestions } },
    events: [eventOfVisit(visit, 'handoff.suggested', at, { handoffId, ...suggested })],
    answer: 'suggested',
  };
}

/** The suggestion that an operator confirms. @throws Problem `conflict` where it is not one of the handoff's, or of another driver. */
export function confirmed({ collected }: Handoff, decisionId: string, driverId: string): Suggestion {
  const suggestions = collected?.suggestions ?? [];
  const found = suggestions.find((other) => other.decisionId === decisionId && other.driverId === driverId);
  if (found) return found;
  const message = `decision ${decisionId} does not suggest driver ${driverId} for this handoff: name him without it`;
  throw conflict('HANDOFF.NOT_SUGGESTED', message, { suggested: suggestions.map((other) => other.driverId) });
}

/** Somebody is named: what was suggested is answered. */
export function withoutSuggestions<H extends Pick<Handoff, 'collected'>>(handoff: H): H {
  if (!handoff.collected?.suggestions) return handoff;
  return { ...handoff, collected: { ...handoff.collected, suggestions: [] } };
}
