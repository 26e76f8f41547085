import type { ConsignmentFacts, EventData, EventName, YizhanEvent } from '@yizhan/contracts';
import { type NewEvent, newEvent } from '@yizhan/event-log';
import { instantOf } from '@yizhan/http';
import { parseInstant, toIso } from '@yizhan/kernel';
import { given } from '../cases/given.js';
import { conflict, invalid } from '../cases/problems.js';
import { correctionOf } from './correctable.js';
import type { ConsignmentCorrection } from './corrections.dto.js';
import { nameOf, retracting } from './retraction.js';

/** An event as it should have been, and the two events that say so. */
export interface Corrected<N extends EventName> {
  readonly data: EventData[N];
  readonly replacedBy: string;
  readonly events: readonly NewEvent[];
}

/** A new event of the same type stands for the one that was wrong; it happened when that happened. */
export function correcting<N extends EventName>(
  event: YizhanEvent<N>,
  name: N,
  fields: Partial<EventData[N]>,
  by: { readonly byId: string; readonly at: number; newId(what: string): string },
): Corrected<N> {
  const data = { ...event.data, ...fields };
  if (JSON.stringify(data) === JSON.stringify(event.data)) {
    throw invalid('RECORD.NOTHING_TO_CORRECT', 'the event says so already', { eventId: event.id });
  }
  const replacedBy = by.newId('replacement');
  const { subject, partitionkey, correlationid, carrierid, time } = event;
  const replacement = newEvent({
    id: replacedBy,
    name,
    subject,
    areaCode: partitionkey,
    time: parseInstant(time) ?? by.at,
    correlationId: correlationid,
    ...given({ carrierId: carrierid }),
    data,
  });
  return { data, replacedBy, events: [retracting(event, { byId: by.byId, at: by.at, replacedBy }), replacement] };
}

/** Instants as events have them. */
export function inUtc(instant: string | undefined): string | undefined {
  return instant === undefined ? undefined : toIso(instantOf(instant));
}

/** The visit's consignments with what was wrong put right; which there are, and whose, stays. @throws Problem `invalid`. */
export function correctedConsignments(
  consignments: readonly ConsignmentFacts[],
  asked: readonly ConsignmentCorrection[] | undefined,
): readonly ConsignmentFacts[] | undefined {
  if (asked === undefined) return undefined;
  const unknown = asked.find(({ id }) => consignments.every((one) => one.id !== id));
  if (unknown)
    throw invalid('RECORD.OTHER_CONSIGNMENT', `the visit has no consignment ${unknown.id}`, { id: unknown.id });
  return consignments.map((one) => {
    const { category, tonnes, waybillNo, outboundNo }: Partial<ConsignmentCorrection> =
      asked.find(({ id }) => id === one.id) ?? {};
    return { ...one, ...given({ category, tonnes, waybillNo, outboundNo }) };
  });
}

/** @throws Problem for a type of which nothing can be corrected. */
export function notCorrectable(event: YizhanEvent): never {
  const name = nameOf(event);
  const otherwise = correctionOf(name)?.otherwise ?? 'record what is so now';
  throw conflict('RECORD.NOT_CORRECTABLE', `nothing of ${name} can be corrected: ${otherwise}`, {
    event: name,
    otherwise,
  });
}
