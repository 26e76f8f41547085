import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import type { SubjectHistory } from '@yizhan/event-log';
import { aboutVisit } from '../cases/about.js';
import { withHolds } from '../cargo/cargo-hold.js';
import { sealMismatch } from '../cargo/seal.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { type ExceptionSteps, raise, settle } from '../exceptions/raising.js';
import type { Visit } from '../visits/visit.js';
import { assertNeverCorrected, nameOf, refuseRetraction, retracting, standingEvent } from './retraction.js';
import { leftBy, standing } from './visit-record.js';

/** What takes a visit on; a place in the queue or an exception does not. */
const steps = /^(?:visit\.(?:arrived|checked|departed|cancelled)|handoff\..+|cargo\..+)$/;
/** What ends a turn in the queue. */
const turns = /^(?:visit\.(?:queued|called|call_ended|arrived|departed|cancelled)|handoff\.started)$/;

/** Which later events of the visit depend on one of this type; those that are not named cannot be retracted. */
const dependents: Readonly<Partial<Record<string, RegExp>>> = {
  'visit.announced': /^(?!exception\.)/,
  'visit.queued': turns,
  'visit.called': turns,
  'visit.checked': steps,
  'visit.cancelled': steps,
  'cargo.held': steps,
  'cargo.released': steps,
};

const rebuilt = ['queue', 'ticketNo', 'queuedAt', 'calledAt', 'calledBayCode', 'checked', 'releasedAt'] as const;

/** Takes back what was recorded of a visit and did not occur: the visit is again as it was without it. */
export function retractVisitEvent(
  truckCase: TruckCase,
  history: SubjectHistory,
  { eventId, byId }: { readonly eventId: string; readonly byId: string },
  now: Now,
): Decision<CaseAnswer> {
  const { visit, handoff } = truckCase;
  const event = standingEvent(history, `visit/${visit.visitId}`, eventId);
  const stands = standing(history.events);
  assertNeverCorrected(history, event);
  assertLast(stands, event);
  assertTold(visit, stands, event);
  assertNoSeal(visit, stands, event);
  const { holds, ...left } = leftBy(stands.filter(({ id }) => id !== event.id));
  const held = holds.map(({ holdId }) => visit.holds.find((hold) => hold.holdId === holdId));
  if (!held.every((hold) => hold !== undefined)) refuseRetraction(event, 'it has lifted a hold');
  const after = {
    ...withHolds({ ...visit, ...left, arrivedAt: visit.arrivedAt }, held),
    ...stateWithout(event),
  } as Visit;
  const exceptions = fitting(truckCase, after, now);
  return {
    visit: after,
    exceptions: exceptions.exceptions,
    events: [retracting(event, { byId, at: now.at }), ...exceptions.events],
    answer: answerOf({ visit: after, handoff }),
  };
}

/** @throws Problem where something of the visit depends on the event. */
function assertLast(stands: readonly YizhanEvent[], event: YizhanEvent): void {
  const depends = dependents[nameOf(event)];
  if (!depends) refuseRetraction(event, 'it is a fact that others rely on');
  const later = stands
    .slice(stands.findIndex(({ id }) => id === event.id) + 1)
    .find((one) => depends.test(nameOf(one)));
  if (later) refuseRetraction(event, `${nameOf(later)} depends on it`);
}

/** What the visit's events do not tell would be lost with it. @throws Problem. */
function assertTold(visit: Visit, stands: readonly YizhanEvent[], event: YizhanEvent): void {
  const logged = leftBy(stands);
  const holdsOf = (holds: readonly { readonly holdId: string }[]) => holds.map(({ holdId }) => holdId).join();
  const isSame = holdsOf(logged.holds) === holdsOf(visit.holds);
  if (isSame && rebuilt.every((field) => logged[field] === visit[field])) return;
  refuseRetraction(event, 'the visit is not as its events tell');
}

/** What the seal was before is nowhere recorded. @throws Problem where a check has said what it is. */
function assertNoSeal(visit: Visit, stands: readonly YizhanEvent[], event: YizhanEvent): void {
  if (!isEvent(event, 'visit.checked') || !event.data.passed) return;
  const { sealNumber } = event.data;
  const before = stands.slice(0, stands.indexOf(event));
  const isNew = sealNumber !== undefined && !before.some((one) => sealIn(one) === sealNumber);
  if (isNew || visit.holdReasons.includes(sealMismatch))
    refuseRetraction(event, 'it has recorded the seal of the truck');
}

/** The seal that an event has recorded of the truck. */
function sealIn(event: YizhanEvent): string | undefined {
  if (isEvent(event, 'visit.checked')) return event.data.passed ? event.data.sealNumber : undefined;
  return isEvent(event, 'handoff.completed') ? event.data.seal?.number : undefined;
}

function stateWithout(event: YizhanEvent): Partial<Pick<Visit, 'state'>> {
  switch (nameOf(event)) {
    case 'visit.announced':
      return { state: 'retracted' };
    case 'visit.cancelled':
      return { state: 'announced' };
    default:
      return {};
  }
}

/** A failed check is an exception, and no other check is. */
function fitting({ exceptions, place }: TruckCase, after: Visit, now: Now): ExceptionSteps {
  const about = aboutVisit(after);
  if (after.checked === false) return raise(about, exceptions, 'check_failed', now, place.rules);
  return settle(about, exceptions, ({ code }) => code === 'check_failed', 'retracted', now.at);
}
