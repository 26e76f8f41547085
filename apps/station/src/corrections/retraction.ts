import type { YizhanEvent } from '@yizhan/contracts';
import { type NewEvent, newEvent } from '@yizhan/event-log';
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

/** The event that is asked for, as one that stands. @throws Problem that says what has become of it. */
export function standingEvent(history: readonly YizhanEvent[], subject: string, eventId: string): YizhanEvent {
  const event = history.find(({ id }) => id === eventId);
  if (event?.subject !== subject) {
    const message = `the log has no event ${eventId} of ${subject}; what was written just now takes a moment`;
    throw conflict('RECORD.NOT_LOGGED', message, { retryAfterSeconds: 1 });
  }
  if (standing(history).some(({ id }) => id === eventId)) return event;
  throw conflict('RECORD.ALREADY_CORRECTED', `event ${eventId} was retracted or corrected already`, { eventId });
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
export function assertNeverCorrected(history: readonly YizhanEvent[], event: YizhanEvent): void {
  const isReplacement = history.some(({ data }) => 'replacedBy' in data && data.replacedBy === event.id);
  if (isReplacement) refuseRetraction(event, 'it has been corrected');
}
