import type { EventName, YizhanEvent } from '@yizhan/contracts';
import { parseEventType, eventType } from '@yizhan/contracts';
import { Problem, toIso } from '@yizhan/kernel';
import { policyPack } from '@yizhan/policy';
import fc from 'fast-check';
import { holdCargo } from '../cargo/hold-cargo.js';
import { liftHold } from '../cargo/lift-hold.js';
import { releaseCargo } from '../cargo/release-cargo.js';
import { handedTo, newTruck } from '../custody/truck.js';
import type { LockedDriver } from '../drivers/driver-facts.repository.js';
import { approveOverride } from '../evidence/approve-override.js';
import { authoriseHandoff } from '../evidence/authorise-handoff.js';
import { recordEvidence } from '../evidence/record-evidence.js';
import { signHandoff } from '../evidence/sign-handoff.js';
import { missingRoles } from '../evidence/signatures.js';
import { abortHandoff } from '../handoffs/abort-handoff.js';
import { acceptAssignment } from '../handoffs/accept-assignment.js';
import { assignDriver } from '../handoffs/assign-driver.js';
import { completeHandoff } from '../handoffs/complete-handoff.js';
import { declineAssignment } from '../handoffs/decline-assignment.js';
import { expireAssignment } from '../handoffs/expire-assignment.js';
import { type HandoffStep, handoffTable } from '../handoffs/handoff.js';
import { reportNoShow } from '../handoffs/report-no-show.js';
import { startHandoff } from '../handoffs/start-handoff.js';
import { withdrawAssignment } from '../handoffs/withdraw-assignment.js';
import { announced } from '../visits/announced-visit.js';
import { callVisit } from '../visits/call-visit.js';
import { checkVisit } from '../visits/check-visit.js';
import { departVisit } from '../visits/depart-visit.js';
import { endCall } from '../visits/end-call.js';
import { queueVisit } from '../visits/queue-visit.js';
import { retractArrival } from '../visits/retract-arrival.js';
import { type VisitStep, visitTable } from '../visits/visit.js';
import type { OpenException } from '../exceptions/raising.js';
import { endsOf, timerOf } from '../exceptions/visit-ends.js';
import { withWhatFollows } from '../exceptions/what-follows.js';
import { nextSteps } from './next-steps.js';
import type { Decision, Now, TruckCase } from './truck-case.js';

const { rules, version } = policyPack('cn-freight');
const start = Date.parse('2026-03-02T00:00:00Z');
const checks = (passed: boolean) =>
  ['person', 'vehicle', 'pass', 'seal'].map((check) => ({ check, passed, reason: 'not_in_order' }));
const driverOf = (truckCase: TruckCase) =>
  truckCase.handoff && 'driverId' in truckCase.handoff ? String(truckCase.handoff.driverId) : 'R1';

const relay: LockedDriver = {
  facts: {
    driverId: 'R1',
    insideZoneId: 'zone',
    licences: ['A2'],
    shift: { stationCode: 'JD', endsAt: start + 1e9 },
    credentials: [{ credential: 'professional_qualification', validFrom: 0, validUntil: start + 1e12 }],
    activity: { driving: [], rests: [] },
  },
  version: 1,
  areaCode: 'area',
};

function arrivedCase(): TruckCase {
  const visit = announced({
    visitId: 'v',
    areaCode: 'area',
    stationCode: 'JD',
    zoneId: 'zone',
    plate: 'G1',
    flow: 'into_zone',
    consignments: [],
  });
  const facts = { plate: 'G1', plateColour: 'yellow', licenceRequired: 'A2' } as const;
  return {
    visit: { ...visit, state: 'arrived', arrivedAt: start },
    truck: handedTo(newTruck(facts, 'area', null), { kind: 'driver', id: 'O1' }, start),
    handoff: undefined,
    run: undefined,
    pass: undefined,
    place: {
      stationCode: 'JD',
      areaCode: 'area',
      stationState: 'open',
      bays: ['1'],
      hours: null,
      assignmentMode: 'auto',
      zoneState: 'active',
      policy: { id: 'cn-freight', version },
      rules,
    },
    custodianSide: null,
    exceptions: [],
  };
}

type Step = VisitStep | HandoffStep;

/** How a step is asked for, with all that it needs besides the right moment. */
const ask = {
  queue: (truckCase, now) =>
    queueVisit({ ...truckCase, ticketNo: 'N001' }, { visitId: 'v', queue: 'inside' }, 'operator:lin', now),
  call: (truckCase, now) =>
    callVisit(truckCase, { occupiedBy: null, calledFor: null }, { visitId: 'v', bayCode: '1' }, now),
  end_call: (truckCase, now, coin) => endCall(truckCase, { visitId: 'v', reason: coin ? 'no_show' : 'withdrawn' }, now),
  check: (truckCase, now, coin) => checkVisit(truckCase, { visitId: 'v', checks: checks(coin) }, now),
  hold_cargo: (truckCase, now, coin) =>
    holdCargo(truckCase, { visitId: 'v', reasons: ['papers'], lifting: coin ? 'by_hand' : 'by_check' }, now),
  lift_hold: (truckCase, now) =>
    liftHold(
      truckCase,
      { visitId: 'v', holdId: truckCase.visit.holds.at(-1)?.holdId ?? '', reason: 'settled', of: 'station' },
      now,
    ),
  release_cargo: (truckCase, now) => releaseCargo(truckCase, now),
  depart: (truckCase, now) => departVisit(truckCase, { visitId: 'v', outcome: outcomeOf(truckCase) }, now),
  retract_arrival: (truckCase, now) =>
    retractArrival(
      truckCase,
      { arrival, announced: undefined, others: [], isCorrected: false, isWhole: true },
      'operator:lin',
      now,
    ),
  assign: (truckCase, now) => assignDriver(truckCase, relay, { handoffId: 'h', driverId: 'R1' }, now),
  accept: (truckCase, now) => acceptAssignment(truckCase, { handoffId: 'h', driverId: driverOf(truckCase) }, now),
  decline: (truckCase, now) => declineAssignment(truckCase, { handoffId: 'h', driverId: driverOf(truckCase) }, now),
  report_no_show: (truckCase, now) => reportNoShow(truckCase, {}, now),
  withdraw: (truckCase, now) => withdrawAssignment(truckCase, {}, now),
  expire: (truckCase, now) => expireAssignment(truckCase, truckCase.handoff?.assignmentNo ?? 0, now),
  authorise: (truckCase, now) =>
    authoriseHandoff(truckCase, { handoffId: 'h', authorisation: { by: 'dispatcher' } }, now),
  record_evidence: (truckCase, now, coin) =>
    recordEvidence(truckCase, { handoffId: 'h', items: [{ code: coin ? 'keys' : 'waybill', given: true }] }, now),
  approve_override: (truckCase, now) =>
    approveOverride(truckCase, { handoffId: 'h', rule: 'seal', reason: 'resealed', byId: 'lead' }, now),
  sign: (truckCase, now) => signHandoff(truckCase, { handoffId: 'h', ...nextSigner(truckCase) }, now),
  start: (truckCase, now) =>
    startHandoff(
      truckCase,
      {
        stationState: 'open',
        holdsPlate: undefined,
        poolAreaCode: 'area',
        calledFor: null,
        bayIsThere: true,
        consents: [],
      },
      { handoffId: 'h', bayCode: '1', authorisation: { by: 'dispatcher', at: toIso(now.at) } },
      now,
    ),
  complete: (truckCase, now) =>
    completeHandoff(
      truckCase,
      { handoffId: 'h', signatures: signatures(now.at, truckCase), items: [], photos: [], reservations: [] },
      now,
    ),
  abort: (truckCase, now, coin) =>
    abortHandoff(truckCase, { handoffId: 'h', reason: coin ? 'seal_mismatch' : 'breakdown' }, now),
} satisfies Partial<Record<Step, (truckCase: TruckCase, now: Now, coin: boolean) => Decision>>;
const steps = Object.keys(ask) as (keyof typeof ask)[];

const arrival = {
  id: 'a',
  subject: 'visit/v',
  data: { custodian: { kind: 'driver', id: 'O1' } },
} as YizhanEvent<'visit.arrived'>;

const outcomeOf = ({ handoff }: TruckCase) => (handoff?.state === 'completed' ? 'swapped' : 'turned_away');

const signers = { offgoing: 'O1', oncoming: 'R1', witness: 'lin' } as const;
const signedBefore = ({ handoff }: TruckCase) => handoff?.collected?.signatures ?? [];

const signatures = (at: number, truckCase: TruckCase) =>
  missingRoles(signedBefore(truckCase)).map((role) => ({
    role,
    personId: signers[role],
    signedAt: toIso(at),
    method: 'pin',
  }));

/** One who has not signed; after all three another operator relieves the witness. */
function nextSigner(truckCase: TruckCase) {
  const [role] = missingRoles(signedBefore(truckCase));
  const witnesses = signedBefore(truckCase).some(({ personId }) => personId === 'chen') ? 'lin' : 'chen';
  return role
    ? { role, personId: signers[role], method: 'link' }
    : { role: 'witness' as const, personId: witnesses, method: 'token' };
}

function after(before: TruckCase, decision: Decision): TruckCase {
  const truck = decision.truck ?? before.truck;
  const opened: OpenException[] = [];
  const resolved = new Set<string>();
  for (const change of decision.exceptions ?? []) {
    if ('opened' in change) opened.push(change.opened);
    else resolved.add(change.exceptionId);
  }
  return {
    ...before,
    visit: decision.visit ?? before.visit,
    truck,
    handoff: decision.handoff ?? before.handoff,
    run: decision.run ?? before.run,
    custodianSide: truck.custodian?.id === 'R1' ? 'zone' : null,
    exceptions: [...before.exceptions.filter(({ exceptionId }) => !resolved.has(exceptionId)), ...opened],
  };
}

/** What the log of a walk must keep, whatever was asked. */
function assertLog(log: readonly EventName[]): void {
  const count = (name: EventName) => log.filter((each) => each === name).length;
  expect(count('visit.departed')).toBeLessThanOrEqual(1);
  expect(count('handoff.completed')).toBeLessThanOrEqual(1);
  expect(count('handoff.requested') - count('handoff.aborted') - count('handoff.completed')).toBeGreaterThanOrEqual(0);
  expect(count('handoff.assigned')).toBeGreaterThanOrEqual(
    count('handoff.assignment_ended') + count('handoff.started'),
  );
  expect(count('exception.opened')).toBeGreaterThanOrEqual(count('exception.resolved'));
  const released = log.indexOf('cargo.released');
  if (released >= 0) expect(log.slice(0, released)).toContain('handoff.completed');
  expect(parseEventType(eventType('visit.departed'))?.version).toBe(1);
}

/** Mostly something that is allowed, so that walks get far; departures end them and are rare. */
function chosen(truckCase: TruckCase, anyStep: keyof typeof ask, which: number): keyof typeof ask {
  const next = nextSteps(truckCase);
  const onwards = (['depart', 'complete', 'start', 'accept', 'assign', 'check'] as const).find(
    (step) => next.includes(step) && (step !== 'depart' || truckCase.visit.releasedAt !== null),
  );
  const allowed = steps.filter((step) => next.includes(step) && (step !== 'depart' || which % 7 === 0));
  if (which % 5 === 0) return anyStep;
  return which % 2 === 0 && onwards ? onwards : (allowed[which % allowed.length] ?? anyStep);
}

test('what is allowed is exactly what works, and states go only where the tables lead', () => {
  const reached: Record<string, number> = {};
  const steerings = fc.array(fc.tuple(fc.constantFrom(...steps), fc.nat(1_000), fc.boolean()), {
    maxLength: 60,
    size: 'max',
  });
  fc.assert(
    fc.property(steerings, (walk) => {
      let truckCase = arrivedCase();
      let watched = timerOf('v', endsOf(truckCase), start).dueAt;
      const log: EventName[] = [];
      for (const [index, [anyStep, which, coin]] of walk.entries()) {
        const step = chosen(truckCase, anyStep, which);
        const allowed = new Set<string>(nextSteps(truckCase));
        const now: Now = { at: start + index * 1_000, newId: (what) => `${index}/${what}` };
        try {
          const decision = withWhatFollows<unknown>(truckCase, ask[step](truckCase, now, coin), now.at);
          if (step !== 'expire') expect([step, [...allowed]]).toEqual([step, expect.arrayContaining([step])]);
          const next = after(truckCase, decision);
          assertMoves(truckCase, next);
          truckCase = next;
          watched = watchedAfter(watched, decision);
          assertWatched(truckCase, watched, now.at);
          log.push(...decision.events.map(({ name }) => name));
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          expect([step, allowed.has(step), error.message]).toEqual([step, false, error.message]);
          expect(['illegal_state', 'not_found', 'conflict']).toContain(error.kind);
          if (error.kind === 'illegal_state') expect(error.details.allowedSteps).not.toContain(step);
        }
      }
      assertLog(log);
      for (const name of new Set(log)) reached[name] = (reached[name] ?? 0) + 1;
      expect(truckCase.truck.custodian === null).toBe(
        truckCase.visit.state === 'retracted' || truckCase.visit.outcome === 'turned_away',
      );
    }),
    { numRuns: 200 },
  );
  expect(reached['handoff.completed']).toBeGreaterThan(20);
  expect(reached['handoff.aborted']).toBeGreaterThan(20);
  expect(reached['run.opened']).toBeGreaterThan(3);
  expect(reached['record.retracted']).toBeGreaterThan(0);
});

/** When the timer of the visit is due after a decision; null where there is none. */
function watchedAfter(before: number | null, { timers = [] }: Decision): number | null {
  const timer = timers.find(({ kind }) => kind === 'visit_watch');
  return timer ? timer.dueAt : before;
}

/** What waits is watched, and nothing is open whose cause is gone. */
function assertWatched({ visit, handoff, exceptions }: TruckCase, watched: number | null, at: number): void {
  expect(watched === null).toBe(visit.state !== 'arrived');
  const waits = handoff?.state === 'requested';
  if (waits && visit.state === 'arrived' && visit.checked === true) {
    expect(watched).toBe(Math.max(at, handoff.readyAt + 30 * 60_000));
  }
  if (!waits) expect(exceptions.map(({ code }) => code)).not.toContain('no_driver');
  if (handoff?.state === 'accepted') expect(exceptions.map(({ code }) => code)).not.toContain('driver_declined');
}

function assertMoves(before: TruckCase, next: TruckCase): void {
  const visitMoves = Object.values(visitTable[before.visit.state].steps);
  expect([before.visit.state, ...visitMoves]).toContain(next.visit.state);
  if (!before.handoff || !next.handoff || before.handoff.handoffId !== next.handoff.handoffId) {
    if (next.handoff && next.handoff !== before.handoff) expect(next.handoff.state).toBe('requested');
    return;
  }
  expect([before.handoff.state, ...Object.values(handoffTable[before.handoff.state].steps)]).toContain(
    next.handoff.state,
  );
}
