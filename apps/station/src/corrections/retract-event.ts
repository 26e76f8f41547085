import { Injectable } from '@nestjs/common';
import { loggedHistory, LogReader, type SubjectHistory } from '@yizhan/event-log';
import type { Transaction } from '@yizhan/persistence';
import type { Decision, Now } from '../cases/truck-case.js';
import { both, TruckCases } from '../cases/truck-cases.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { loadRun, type RunCase } from '../runs/load-run.js';
import { RetractArrival } from '../visits/retract-arrival.js';
import type { CorrectionAnswer, SubjectKind } from './corrections.dto.js';
import {
  assertNeverCorrected,
  loggedEventOf,
  nameOf,
  refuseRetraction,
  retracting,
  standingEvent,
} from './retraction.js';
import { retractDriverEvent } from './retract-driver-event.js';
import { retractVisitEvent } from './retract-visit-event.js';

export interface RetractEventInput {
  readonly subjectKind: SubjectKind;
  readonly subjectId: string;
  readonly eventId: string;
}

/** What was recorded and did not occur is taken back, while nothing depends on it; otherwise it says what makes up for it. */
@Injectable()
export class RetractEvent {
  constructor(
    private readonly changes: Changes,
    private readonly cases: TruckCases,
    private readonly log: LogReader,
    private readonly retractArrival: RetractArrival,
  ) {}

  async execute(request: StationRequest, input: RetractEventInput): Promise<CorrectionAnswer> {
    const { subjectKind, subjectId, eventId } = input;
    const subject = `${subjectKind}/${subjectId}`;
    const history = (tx: Transaction) => loggedHistory(tx, subject);
    switch (subjectKind) {
      case 'visit':
        await this.#ofVisit(request, input);
        break;
      case 'driver':
        await this.changes.once(request, (change) =>
          retractDriverEvent(change, { driverId: subjectId, eventId, byId: request.caller }),
        );
        break;
      case 'run':
        await this.cases.change(
          request,
          both((tx) => loadRun(tx, subjectId), history),
          ([runCase, logged], now) => retractRunStep(runCase, logged, input, request.caller, now),
        );
        break;
      default:
        refuseRetraction(
          loggedEventOf(await this.log.ofSubject(subject), subject, eventId),
          'it is a fact that others rely on',
        );
    }
    return { eventId };
  }

  async #ofVisit(request: StationRequest, { subjectId, eventId }: RetractEventInput) {
    const subject = `visit/${subjectId}`;
    const event = loggedEventOf(await this.log.ofSubject(subject), subject, eventId);
    if (nameOf(event) === 'visit.arrived') {
      await this.retractArrival.execute(request, { visitId: subjectId, reason: 'did_not_occur' });
      return;
    }
    const asked = { eventId, byId: request.caller };
    const load = both(this.cases.ofVisit(subjectId), (tx) => loggedHistory(tx, subject));
    await this.cases.change(request, load, ([truckCase, history], now) =>
      retractVisitEvent(truckCase, history, asked, now),
    );
  }
}

const runSteps = new Set(['run.reached', 'run.unloaded', 'run.loaded', 'run.left']);

/** What happened at an enterprise, while the run goes on. */
export function retractRunStep(
  { run }: RunCase,
  history: SubjectHistory,
  { eventId }: Pick<RetractEventInput, 'eventId'>,
  byId: string,
  { at }: Now,
): Decision<null> {
  const event = standingEvent(history, `run/${run.runId}`, eventId);
  assertNeverCorrected(history, event);
  if (!runSteps.has(nameOf(event))) refuseRetraction(event, 'it is a fact that others rely on');
  if (run.state !== 'open') refuseRetraction(event, 'the run is closed');
  return { events: [retracting(event, { byId, at })], answer: null };
}
