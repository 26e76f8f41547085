import { Injectable, type Type, type ValidationPipe } from '@nestjs/common';
import { isEvent, type YizhanEvent } from '@yizhan/contracts';
import { loggedHistory, LogReader } from '@yizhan/event-log';
import { strictInput } from '@yizhan/http';
import { parseInstant } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { both, TruckCases } from '../cases/truck-cases.js';
import { type Change, Changes, type Outcome, type StationRequest } from '../changes/changes.js';
import { exactlyOne } from '../changes/exactly-one.js';
import { touchDriver } from '../drivers/driver.repository.js';
import { lockTruck } from '../visits/load-gate.js';
import { correcting, notCorrectable } from './correcting.js';
import { correctVisitEvent, type CorrectionOf } from './correct-visit-event.js';
import {
  AnnouncementCorrection,
  ArrivalCorrection,
  CompletionCorrection,
  type CorrectionAnswer,
  CredentialCorrection,
  CustodyCorrection,
  DepartureCorrection,
  type SubjectKind,
} from './corrections.dto.js';
import { isSameGrant, loggedEventOf, nameOf, standingEvent } from './retraction.js';
import { standing } from './visit-record.js';

export interface CorrectEventInput {
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  readonly eventId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What of each type can be put right. */
const forms: Readonly<Partial<Record<string, Type<object>>>> = {
  'visit.announced': AnnouncementCorrection,
  'visit.arrived': ArrivalCorrection,
  'visit.departed': DepartureCorrection,
  'handoff.completed': CompletionCorrection,
  'custody.moved': CustodyCorrection,
  'driver.credential_granted': CredentialCorrection,
};

/** What was recorded wrongly is put right by a new event of the same type; ids, drivers and instants stay as they were. */
@Injectable()
export class CorrectEvent {
  readonly #strict: ValidationPipe = strictInput();

  constructor(
    private readonly changes: Changes,
    private readonly cases: TruckCases,
    private readonly log: LogReader,
  ) {}

  async execute(request: StationRequest, input: CorrectEventInput): Promise<CorrectionAnswer> {
    const { subjectKind, subjectId, eventId } = input;
    const subject = `${subjectKind}/${subjectId}`;
    // Its type says what may be asked; what has become of it is read under the locks.
    const event = loggedEventOf(await this.log.ofSubject(subject), subject, eventId);
    const form = forms[nameOf(event)];
    if (!form) notCorrectable(event);
    const data = (await this.#strict.transform(input.data, { type: 'body', metatype: form })) as object;
    const asked = { eventId, data, byId: request.caller };
    if (subjectKind === 'visit') return this.#ofVisit(request, subjectId, event, asked);
    return this.changes.once(request, (change) =>
      subjectKind === 'driver'
        ? correctGrant(change, subjectId, { ...asked, data: data as CredentialCorrection })
        : correctMove(change, subjectId, { ...asked, data }),
    );
  }

  #ofVisit(
    request: StationRequest,
    visitId: string,
    event: YizhanEvent,
    asked: CorrectionOf,
  ): Promise<CorrectionAnswer> {
    const load = isEvent(event, 'handoff.completed')
      ? this.cases.ofHandoff(event.data.handoffId)
      : this.cases.ofVisit(visitId);
    const history = (tx: Transaction) => loggedHistory(tx, event.subject);
    return this.cases.change(request, both(load, history), ([truckCase, logged], now) =>
      correctVisitEvent(truckCase, logged, asked, now),
    );
  }
}

/** Who issued a credential. */
async function correctGrant(
  change: Change,
  driverId: string,
  { eventId, data, byId }: CorrectionOf<CredentialCorrection>,
): Promise<Outcome<CorrectionAnswer>> {
  const { tx } = change;
  await touchDriver(tx, driverId);
  const subject = `driver/${driverId}`;
  const history = await loggedHistory(tx, subject);
  const event = standingEvent(history, subject, eventId);
  if (!isEvent(event, 'driver.credential_granted')) return notCorrectable(event);
  const { issuer } = data;
  const by = { byId, at: change.at, newId: (what: string) => change.newId(what) };
  const { events, replacedBy } = correcting(event, 'driver.credential_granted', { issuer }, by);
  const { credential, validFrom } = event.data;
  // What was granted again since has an issuer of its own.
  const inForce = standing(history.events).findLast((one) => isSameGrant(one, event));
  if (inForce?.id === eventId) tx.last(updateIssuer, [driverId, credential, parseInstant(validFrom), issuer]);
  return { events, answer: { eventId, replacedBy } };
}

/** Why a truck changed hands, and what with it. */
async function correctMove(
  change: Change,
  plate: string,
  { eventId, data, byId }: CorrectionOf<CustodyCorrection>,
): Promise<Outcome<CorrectionAnswer>> {
  await change.tx.rows(lockTruck, [plate]);
  const subject = `truck/${plate}`;
  const event = standingEvent(await loggedHistory(change.tx, subject), subject, eventId);
  if (!isEvent(event, 'custody.moved')) return notCorrectable(event);
  const { reason, items } = data;
  const by = { byId, at: change.at, newId: (what: string) => change.newId(what) };
  const { events, replacedBy } = correcting(event, 'custody.moved', given({ reason, items }), by);
  return { events, answer: { eventId, replacedBy } };
}

const updateIssuer = exactlyOne(`
  UPDATE station.credentials SET issuer = $4
  WHERE driver_id = $1 AND credential = $2 AND valid_from = to_timestamp($3::double precision / 1000)`);
