import { Injectable } from '@nestjs/common';
import type { Authorisation } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { aboutVisit } from '../cases/about.js';
import { given } from '../cases/given.js';
import { settle } from '../exceptions/raising.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { conflict, notFound, notNow } from '../cases/problems.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { both, TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { holdsAnother } from '../custody/truck.js';
import { authorisedBeforehand } from '../evidence/authorised.js';
import { passBlockOf } from '../passes/pass.js';
import { assertNotCalledForAnother } from '../visits/load-called-bay.js';
import { isCalled, type Visit } from '../visits/visit.js';
import { assertAssignedTo, handoffIn } from './handoff-in.js';
import { type AcceptedHandoff, handoffAfter, type StartedHandoff } from './handoff.js';
import { loadOnComing, type OnComing } from './load-on-coming.js';

export interface StartHandoffInput {
  readonly handoffId: string;
  /** Who takes over; the one who is assigned where it is not said. */
  readonly driverId?: string;
  readonly bayCode: string;
  /** Who of the carrier agrees, where it has not been recorded and no consent covers the handoff; `at` is RFC 3339. */
  readonly authorisation?: Authorisation;
}

/** Both drivers are at the truck in a bay: from here on it completes or aborts. */
export function startHandoff(
  truckCase: TruckCase,
  onComing: OnComing,
  input: StartHandoffInput,
  now: Now,
): Decision<CaseAnswer> {
  const { at } = now;
  const handoff = handoffIn(truckCase);
  handoffAfter(handoff, 'start');
  const accepted = handoff as AcceptedHandoff;
  if (input.driverId !== undefined) assertAssignedTo(accepted, input.driverId);
  const { visit, exceptions } = truckCase;
  assertMayStart(truckCase, onComing);
  assertHandsAreEmpty(truckCase, onComing, accepted.driverId);
  assertNotRecalled(onComing, accepted.driverId);
  assertPassCovers(truckCase, accepted, onComing, at);
  const word = input.authorisation ?? accepted.collected?.authorisation;
  const authorisation = authorisedBeforehand(truckCase, word, onComing.consents, now);
  assertBay(truckCase, onComing, input.bayCode);
  assertNotCalledForAnother(input.bayCode, onComing.calledFor);
  const { handoffId, driverId } = accepted;
  const { bayCode } = input;
  const started: StartedHandoff = { ...accepted, state: 'started', bayCode, startedAt: at, authorisation };
  const came = settle(aboutVisit(visit), exceptions, ({ code }) => code === 'no_show', 'driver_came', at);
  const answered = isCalled(visit) ? withoutCall(visit) : visit;
  return {
    ...(answered !== visit && { visit: answered }),
    handoff: started,
    exceptions: came.exceptions,
    events: [
      eventOfVisit(visit, 'handoff.started', at, { handoffId, driverId, bayCode, startedAt: toIso(at), authorisation }),
      ...came.events,
    ],
    answer: answerOf({ visit: answered, handoff: started }),
  };
}

/** The truck is in the bay: it waits nowhere any more. */
export function withoutCall(visit: Visit): Visit {
  return { ...visit, queue: null, queuedAt: null, calledAt: null, calledBayCode: null };
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

function assertNotRecalled({ isRecalled }: OnComing, driverId: string): void {
  if (!isRecalled) return;
  const message = `a credential of driver ${driverId} was recalled just now: see whether he is still assigned`;
  throw conflict('DRIVER.RECALLED', message, { driverId, retryAfterSeconds: 1 });
}

/** The pass as it stands now: it may have been amended, or have ended, since he was named. */
function assertPassCovers(
  truckCase: TruckCase,
  accepted: AcceptedHandoff,
  { poolAreaCode }: OnComing,
  at: number,
): void {
  const { place, visit, pass } = truckCase;
  const { driverId, handoffId, plannedReturnAt } = accepted;
  const driver = { driverId, areaCode: poolAreaCode };
  const passBlock = passBlockOf(place.rules, visit.flow, pass, driver, {
    from: at,
    until: Math.max(at, plannedReturnAt ?? at),
  });
  if (passBlock === null) return;
  const message = pass
    ? `pass ${pass.passId} does not cover driver ${driverId}: the command centre has to grant the amendment`
    : `truck ${visit.plate} has no pass: the command centre has to issue one`;
  const asks = { driverId, handoffId, ...given({ passId: pass?.passId }) };
  throw notNow({ visit, handoff: { ...accepted, passBlock } }, passBlock, message, asks);
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
      both(this.cases.ofHandoff(input.handoffId), (tx) =>
        loadOnComing(tx, input.handoffId, input.bayCode, this.cases.now),
      ),
      ([truckCase, onComing], now) => startHandoff(truckCase, onComing, input, now),
    );
  }
}
