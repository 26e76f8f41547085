import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import type { SubjectHistory } from '@yizhan/event-log';
import { parseInstant } from '@yizhan/kernel';
import { given } from '../cases/given.js';
import { conflict } from '../cases/problems.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import type { Visit } from '../visits/visit.js';
import { type Corrected, correctedConsignments, correcting, inUtc, notCorrectable } from './correcting.js';
import type {
  AnnouncementCorrection,
  ArrivalCorrection,
  CompletionCorrection,
  CorrectionAnswer,
  DepartureCorrection,
} from './corrections.dto.js';
import { standingEvent } from './retraction.js';

export interface CorrectionOf<Data = object> {
  readonly eventId: string;
  readonly data: Data;
  readonly byId: string;
}

/** Puts right what was recorded wrongly of a visit: ids, drivers and instants of facts stay. */
export function correctVisitEvent(
  truckCase: TruckCase,
  history: SubjectHistory,
  { eventId, data, byId }: CorrectionOf,
  now: Now,
): Decision<CorrectionAnswer> {
  const { visit } = truckCase;
  const event = standingEvent(history, `visit/${visit.visitId}`, eventId);
  const by = { byId, at: now.at, newId: (what: string) => now.newId(what) };
  if (isEvent(event, 'visit.announced')) {
    if (visit.state !== 'announced') throw arrivedSince();
    const { expectedAt, ...others } = data as AnnouncementCorrection;
    const corrected = correcting(
      event,
      'visit.announced',
      { ...given({ expectedAt: inUtc(expectedAt) }), ...asked(event, others) },
      by,
    );
    return answered(eventId, corrected, { visit: withFacts(visit, corrected.data) });
  }
  if (isEvent(event, 'visit.arrived')) {
    const corrected = correcting(event, 'visit.arrived', asked(event, data as ArrivalCorrection), by);
    return answered(eventId, corrected, { visit: withFacts(visit, corrected.data) });
  }
  if (isEvent(event, 'visit.departed')) {
    const { reasons } = data as DepartureCorrection;
    return answered(eventId, correcting(event, 'visit.departed', { reasons }, by), {});
  }
  if (isEvent(event, 'handoff.completed')) return correctCompletion(truckCase, event, data, by);
  return notCorrectable(event);
}

function asked(
  event: YizhanEvent<'visit.announced' | 'visit.arrived'>,
  { priority, dueAt, consignments }: ArrivalCorrection,
) {
  return given({
    priority,
    dueAt: inUtc(dueAt),
    consignments: correctedConsignments(event.data.consignments, consignments),
  });
}

/** The row as the corrected event has it. */
function withFacts(
  visit: Visit,
  { priority, dueAt, consignments, ...data }: YizhanEvent<'visit.announced' | 'visit.arrived'>['data'],
): Visit {
  const expectedAt = 'expectedAt' in data ? parseInstant(data.expectedAt) : undefined;
  return {
    ...visit,
    priority,
    consignments,
    ...(dueAt === undefined ? {} : { dueAt: parseInstant(dueAt) ?? null }),
    ...(expectedAt === undefined ? {} : { expectedAt }),
  };
}

function correctCompletion(
  { handoff, truck }: TruckCase,
  event: YizhanEvent<'handoff.completed'>,
  { odometerKm, fuelPercent, seal, items }: CompletionCorrection,
  by: Parameters<typeof correcting>[3],
): Decision<CorrectionAnswer> {
  const fields = given({ odometerKm, fuelPercent, seal: seal && { number: seal.number, intact: seal.intact }, items });
  const corrected = correcting(event, 'handoff.completed', fields, by);
  if (handoff?.state !== 'completed') throw new Error(`handoff ${event.data.handoffId} is completed in the log alone`);
  const isLastSeal = seal !== undefined && [null, event.data.seal?.number].includes(truck.sealNumber);
  return answered(event.id, corrected, {
    handoff: { ...handoff, evidence: { ...handoff.evidence, ...fields } },
    ...(isLastSeal ? { truck: { ...truck, sealNumber: seal.number } } : {}),
  });
}

function answered(
  eventId: string,
  { replacedBy, events }: Pick<Corrected<'visit.arrived'>, 'replacedBy' | 'events'>,
  rows: Pick<Decision, 'visit' | 'handoff' | 'truck'>,
): Decision<CorrectionAnswer> {
  return { ...rows, events, answer: { eventId, replacedBy } };
}

function arrivedSince() {
  return conflict('RECORD.NOT_CORRECTABLE', 'the truck has arrived since: correct its arrival', {
    event: 'visit.announced',
  });
}
