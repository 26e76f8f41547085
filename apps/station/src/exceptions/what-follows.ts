import type { Decision, TimerChange, TruckCase } from '../cases/truck-case.js';
import { aboutVisit } from '../cases/about.js';
import { isLive } from '../handoffs/handoff.js';
import { type ExceptionSteps, type OpenException, settle } from './raising.js';
import { endsOf, isSame, timerOf } from './visit-ends.js';

/** What follows from a change of a truck's case, whichever it was: causes that are gone, and what is watched from now on. */
export function withWhatFollows<Answer>(loaded: unknown, decision: Decision<Answer>, at: number): Decision<Answer> {
  const before = caseIn(loaded);
  if (!before) return decision;
  const settled = settleGone(before, decision, at);
  const timers = watching(before, settled, decision, at);
  if (settled.exceptions.length === 0 && timers.length === 0) return decision;
  return {
    ...decision,
    exceptions: [...(decision.exceptions ?? []), ...settled.exceptions],
    timers: [...(decision.timers ?? []), ...timers],
    events: [...decision.events, ...settled.events],
  };
}

/** A case alone, or one among what was loaded together. */
export function caseIn(loaded: unknown): TruckCase | undefined {
  if (typeof loaded !== 'object' || loaded === null) return undefined;
  return [loaded, ...(Object.values(loaded) as unknown[])].find(isCase);
}

function isCase(value: unknown): value is TruckCase {
  return (
    typeof value === 'object' && value !== null && 'custodianSide' in value && 'exceptions' in value && 'place' in value
  );
}

/** The handoff has a driver, or ends without one. */
function settleGone(before: TruckCase, decision: Decision, at: number): ExceptionSteps {
  const handoff = decision.handoff ?? before.handoff;
  const about = aboutVisit(before.visit);
  const open = stillOpen(before.exceptions, decision);
  const isOver = !isLive(handoff);
  const hasDriver = isOver || handoff.state !== 'requested';
  const isComing = isOver || handoff.state === 'accepted' || handoff.state === 'started';
  const how = handoff?.state === 'aborted' ? 'handoff_aborted' : 'driver_found';
  return settle(
    about,
    open,
    ({ code }) => (code === 'no_driver' && hasDriver) || (code === 'driver_declined' && isComing),
    how,
    at,
  );
}

function stillOpen(open: readonly OpenException[], { exceptions = [] }: Pick<Decision, 'exceptions'>): OpenException[] {
  const over = new Set(exceptions.flatMap((change) => ('opened' in change ? [] : [change.exceptionId])));
  return open.filter(({ exceptionId }) => !over.has(exceptionId));
}

/** The one timer of a visit, where what it waits for has changed; and the station's, where a truck leaves one that stands still. */
function watching(before: TruckCase, settled: ExceptionSteps, decision: Decision, at: number): TimerChange[] {
  const { visitId } = before.visit;
  if (decision.timers?.some(({ kind, ref }) => kind === 'visit_watch' && ref === visitId)) return [];
  const visit = decision.visit ?? before.visit;
  const open = stillOpen(stillOpen(before.exceptions, decision), settled);
  const handoff = decision.handoff ?? before.handoff;
  const after = { visit, handoff, exceptions: open, place: before.place };
  const ends = endsOf(after);
  if (isSame(endsOf(before), ends)) return [];
  if (visit.state === 'arrived') return [{ ...timerOf(visitId, ends, at), keepsDueBy: at }];
  const isWatched = before.place.stationState !== 'open';
  const watch = { kind: 'station_watch', ref: visit.stationCode, dueAt: at } as const;
  return [{ kind: 'visit_watch', ref: visitId, dueAt: null }, ...(isWatched ? [watch] : [])];
}
