import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import { type NewEvent, newEvent, type SubjectHistory } from '@yizhan/event-log';
import type { Problem } from '@yizhan/kernel';
import { conflict } from '../cases/problems.js';
import { given } from '../cases/given.js';
import { correctionOf } from './correctable.js';
import { standing } from './visit-record.js';

/** Short name of an event's type. */
export const nameOf = ({ type }: YizhanEvent): string => type.slice('yizhan.'.length, -'.v1'.length);

/** Takes an event back, in favour of another one where it names one; whatever was decided before stands. */
export function retracting(
  event: YizhanEvent,
  by: { readonly byId: string; readonly at: number; readonly replacedBy?: string },
): NewEvent {
  const { id, subject, partitionkey, correlationid, carrierid } = event;
  const { byId, at, replacedBy } = by;
  return newEvent({
    name: 'record.retracted',
    subject,
    areaCode: partitionkey,
    time: at,
    correlationId: correlationid,
    ...given({ carrierId: carrierid }),
    data: {
      retractedEventId: id,
      reason: replacedBy === undefined ? 'did_not_occur' : 'incorrect_data',
      ...given({ replacedBy }),
      byId,
    },
  });
}

/**
 * The event that is asked for, as one that stands; the history is read under the locks of the change. What is still on its
 * way to the log could depend on it, or be its correction. @throws Problem that says what has become of it.
 */
export function standingEvent({ events, isWhole }: SubjectHistory, subject: string, eventId: string): YizhanEvent {
  const event = loggedEventOf(events, subject, eventId);
  if (!standing(events).some(({ id }) => id === eventId)) {
    throw conflict('RECORD.ALREADY_CORRECTED', `event ${eventId} was retracted or corrected already`, { eventId });
  }
  if (isWhole) return event;
  throw notLogged(`something of ${subject} is still being written to the log: ask again`);
}

/** The event that is asked for, whatever has become of it. @throws Problem where the log does not have it. */
export function loggedEventOf(events: readonly YizhanEvent[], subject: string, eventId: string): YizhanEvent {
  const event = events.find(({ id }) => id === eventId);
  if (event?.subject === subject) return event;
  throw notLogged(`the log has no event ${eventId} of ${subject}; what was written just now takes a moment`);
}

function notLogged(message: string): Problem {
  return conflict('RECORD.NOT_LOGGED', message, { retryAfterSeconds: 1 });
}

/** @throws Problem that says what makes up for it instead. */
export function refuseRetraction(event: YizhanEvent, why: string): never {
  const name = nameOf(event);
  const line = correctionOf(name);
  throw conflict(
    'RECORD.DEPENDED_ON',
    `${name} can not be retracted: ${why}; ${line?.otherwise ?? 'record what is so now'}`,
    {
      event: name,
      retractableUntil: line?.retractableUntil ?? 'never',
      otherwise: line?.otherwise ?? 'record what is so now',
    },
  );
}

/** What was corrected is not as it was recorded any more. @throws Problem. */
export function assertNeverCorrected({ events }: Pick<SubjectHistory, 'events'>, event: YizhanEvent): void {
  const isReplacement = events.some(({ data }) => 'replacedBy' in data && data.replacedBy === event.id);
  if (isReplacement) refuseRetraction(event, 'it has been corrected');
}

/** True where the event grants the same credential from the same day: the later one replaces what the earlier one says. */
export function isSameGrant(event: YizhanEvent, { data }: YizhanEvent<'driver.credential_granted'>): boolean {
  return (
    isEvent(event, 'driver.credential_granted') &&
    event.data.credential === data.credential &&
    event.data.validFrom === data.validFrom
  );
}
