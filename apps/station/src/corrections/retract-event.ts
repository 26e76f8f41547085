import { Injectable } from '@nestjs/common';
import type { YizhanEvent } from '@yizhan/contracts';
import { LogReader } from '@yizhan/event-log';
import type { Decision, Now } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { loadRun, type RunCase } from '../runs/load-run.js';
import { RetractArrival } from '../visits/retract-arrival.js';
import type { CorrectionAnswer, SubjectKind } from './corrections.dto.js';
import { assertNeverCorrected, nameOf, refuseRetraction, retracting, standingEvent } from './retraction.js';
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
    const history = await this.log.ofSubject(`${subjectKind}/${subjectId}`);
    switch (subjectKind) {
      case 'visit':
        await this.#ofVisit(request, input, history);
        break;
      case 'driver':
        await this.changes.once(request, (change) =>
          retractDriverEvent(change, history, { driverId: subjectId, eventId, byId: request.caller }),
        );
        break;
      case 'run':
        await this.cases.change(
          request,
          (tx) => loadRun(tx, subjectId),
          (runCase, now) => retractRunStep(runCase, history, input, request.caller, now),
        );
        break;
      default:
        refuseRetraction(
          standingEvent(history, `${subjectKind}/${subjectId}`, eventId),
          'it is a fact that others rely on',
        );
    }
    return { eventId };
  }

  async #ofVisit(request: StationRequest, { subjectId, eventId }: RetractEventInput, history: readonly YizhanEvent[]) {
    const event = history.find(({ id }) => id === eventId);
    if (event && nameOf(event) === 'visit.arrived') {
      await this.retractArrival.execute(request, { visitId: subjectId, reason: 'did_not_occur' });
      return;
    }
    const asked = { eventId, byId: request.caller };
    await this.cases.change(request, this.cases.ofVisit(subjectId), (truckCase, now) =>
      retractVisitEvent(truckCase, history, asked, now),
    );
  }
}

const runSteps = new Set(['run.reached', 'run.unloaded', 'run.loaded', 'run.left']);

/** What happened at an enterprise, while the run goes on. */
export function retractRunStep(
  { run }: RunCase,
  history: readonly YizhanEvent[],
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
