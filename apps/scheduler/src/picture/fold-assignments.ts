import { closeOffer } from './fold-handoffs.js';
import { type Fold, instantOf } from './fold.js';
import type { AreaPicture } from './area-picture.js';

/** After a refusal the pair is left alone for so long, and twice as long after each further one that is about the pair. */
const pauseMillis = 60_000;
const longestPauseMillis = 3_600_000;

export const assignmentProposed: Fold<'assignment.proposed'> = (picture, { data }) => {
  picture.newestEpoch = Math.max(picture.newestEpoch, data.epoch);
  noteOffer(picture, data.handoffId, { ...data, expiresAt: instantOf(data.expiresAt) });
};

/** Operators look at what was proposed: it stays open for them longer than the station itself would have taken. */
export const assignmentSuggested: Fold<'handoff.suggested'> = (picture, { data }) => {
  const { handoffId, driverId, decisionId } = data;
  noteOffer(picture, handoffId, { driverId, decisionId, expiresAt: instantOf(data.standsUntil) });
};

export const assignmentWithheld: Fold<'assignment.withheld'> = (picture, { data }) => {
  noteWithheld(
    picture,
    data.handoffId,
    data.blockers.map(({ rule }) => rule),
  );
};

export const assignmentRefused: Fold<'assignment.refused'> = (picture, { data, time }) => {
  const handoff = picture.handoffs.get(data.handoffId);
  if (!handoff) return;
  if (handoff.offer?.decisionId === data.decisionId) closeOffer(picture, handoff);
  // It came too late to be decided on: the pair itself was not refused.
  if (data.reason === 'proposal_expired') return;
  const { times, pausedUntil } = handoff.refusals.get(data.driverId) ?? { times: 0, pausedUntil: 0 };
  // That the hour of the lane is full says nothing of the pair.
  const isOfPair = data.reason !== 'lane_throttled';
  const pause = isOfPair ? Math.min(pauseMillis * 2 ** times, longestPauseMillis) : pauseMillis;
  handoff.refusals.set(data.driverId, {
    times: isOfPair ? times + 1 : times,
    pausedUntil: Math.max(pausedUntil, instantOf(time) + pause),
  });
};

/** A proposal is on its way; the same at once after writing it and when it comes back from the log. */
export function noteOffer(
  picture: AreaPicture,
  handoffId: string,
  { driverId, decisionId, expiresAt }: { driverId: string; decisionId: string; expiresAt: number },
): void {
  const handoff = picture.waiting.get(handoffId);
  if (!handoff) return;
  closeOffer(picture, handoff);
  handoff.statedRules = undefined;
  handoff.offer = { driverId, decisionId, expiresAt };
  const driver = picture.drivers.get(driverId);
  if (driver) driver.offer = { handoffId, expiresAt };
}

/** It has been said why the handoff waits. */
export function noteWithheld(picture: AreaPicture, handoffId: string, rules: readonly string[]): void {
  const handoff = picture.waiting.get(handoffId);
  if (handoff) handoff.statedRules = statedRules(rules);
}

/** All of them say that whoever may take it is taken by others or awaited; which of them it is changes with every look. */
const areAllTaken: ReadonlySet<string> = new Set([
  'busy',
  'outbid',
  'kept_for_announced',
  'kept_for_forecast',
  'starts_later',
  'awaits_driver',
]);

/** A set of rules as one text, whatever their order; what is told again only because drivers change hands is one of them. */
export function statedRules(rules: readonly string[]): string {
  return [...new Set(rules.map((rule) => (areAllTaken.has(rule) ? 'taken' : rule)))].toSorted().join(' ');
}
