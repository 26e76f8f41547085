import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import { aboutVisit } from '../cases/about.js';
import { settle } from '../cases/exceptions.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { isInFuture, statedInstant } from '../cases/instants.js';
import { conflict, invalid, notFound, notNow } from '../cases/problems.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { both, TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { holdsAnother } from '../custody/truck.js';
import { handoffIn } from './handoff-in.js';
import { type AcceptedHandoff, type Authorisation, handoffAfter, type StartedHandoff } from './handoff.js';
import { loadOnComing, type OnComing } from './load-on-coming.js';

export interface StartHandoffInput {
  readonly handoffId: string;
  readonly bayCode: string;
  /** Who of the carrier agrees that the truck is handed over; `at` is RFC 3339. */
  readonly authorisation: Authorisation;
}

/** Both drivers are at the truck in a bay: from here on it completes or aborts. */
export function startHandoff(
  truckCase: TruckCase,
  onComing: OnComing,
  input: StartHandoffInput,
  { at }: Now,
): Decision<CaseAnswer> {
  const handoff = handoffIn(truckCase);
  handoffAfter(handoff, 'start');
  const accepted = handoff as AcceptedHandoff;
  const { visit, exceptions } = truckCase;
  assertMayStart(truckCase, onComing);
  assertHandsAreEmpty(truckCase, onComing, accepted.driverId);
  assertAuthorised(truckCase, input.authorisation, at);
  assertBay(truckCase, onComing, input.bayCode);
  const { handoffId, driverId } = accepted;
  const { bayCode, authorisation } = input;
  const started: StartedHandoff = { ...accepted, state: 'started', bayCode, startedAt: at, authorisation };
  const came = settle(aboutVisit(visit), exceptions, ({ code }) => code === 'no_show', 'driver_came', at);
  return {
    handoff: started,
    exceptions: came.exceptions,
    events: [
      eventOfVisit(visit, 'handoff.started', at, { handoffId, driverId, bayCode, startedAt: toIso(at), authorisation }),
      ...came.events,
    ],
    answer: answerOf({ visit, handoff: started }),
  };
}

/** The station is read under its lock: it cannot be suspended meanwhile. */
function assertMayStart(truckCase: TruckCase, { stationState }: OnComing): void {
  const { visit, place } = truckCase;
  if (stationState !== 'open') {
    throw notNow(
      truckCase,
      `STATION.${stationState.toUpperCase()}`,
      `station ${place.stationCode} is ${stationState}: no handoff starts`,
    );
  }
  if (visit.held)
    throw notNow(truckCase, 'CARGO.HELD', `the cargo is held (${visit.holdReasons.join(', ')}): check it again`);
  if (visit.checked !== true)
    throw notNow(truckCase, 'VISIT.CHECK_NOT_PASSED', 'the last check has not passed: check it again');
}

function assertHandsAreEmpty({ visit }: TruckCase, { holdsPlate }: OnComing, driverId: string): void {
  if (holdsPlate === undefined || holdsPlate === visit.plate) return;
  throw holdsAnother(driverId, holdsPlate);
}

function assertAuthorised({ visit, truck }: TruckCase, { by, at, carrierId }: Authorisation, now: number): void {
  if (!by || !at) throw invalid('HANDOFF.NOT_AUTHORISED', 'somebody of the carrier must have agreed to the handoff');
  if (isInFuture(statedInstant(at), now)) {
    throw invalid('HANDOFF.AUTHORISED_IN_FUTURE', 'the carrier has agreed at a time that is still to come');
  }
  const owner = visit.carrierId ?? truck.carrierId;
  if (carrierId === undefined || owner === null || carrierId === owner) return;
  throw conflict('HANDOFF.NOT_AUTHORISED', `the truck belongs to carrier ${owner}, not to ${carrierId}`, {
    carrierId: owner,
  });
}

function assertBay({ place }: TruckCase, { bayIsThere }: OnComing, bayCode: string): void {
  if (bayIsThere && place.bays.includes(bayCode)) return;
  throw notFound('BAY.NOT_FOUND', `station ${place.stationCode} has no bay ${bayCode}`, { bays: place.bays });
}

@Injectable()
export class StartHandoff {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: StartHandoffInput): Promise<CaseAnswer> {
    return this.cases.change(
      request,
      both(this.cases.ofHandoff(input.handoffId), (tx) => loadOnComing(tx, input.handoffId, input.bayCode)),
      ([truckCase, onComing], now) => startHandoff(truckCase, onComing, input, now),
    );
  }
}
