import type { Override } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import type { PolicyRules } from '@yizhan/policy';
import { aboutVisit } from '../cases/about.js';
import { conflict, notNow } from '../cases/problems.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import { raise } from '../exceptions/raising.js';
import { endsOf, timerOf } from '../exceptions/visit-ends.js';
import { asJudgedAt } from '../visits/visit.js';
import { assign, type AssignmentPlan, plannedReturn } from './assigning.js';
import { type EndedAssignment, endAssignment, expiryOf } from './ending-assignment.js';
import { handoffIn } from './handoff-in.js';
import {
  type AcceptedHandoff,
  type AssignedHandoff,
  type Handoff,
  handoffAfter,
  isLive,
  type RequestedHandoff,
} from './handoff.js';
import type { LateStart } from './load-late-start.js';

/** The case as it has to have been for the swap to be made, and what makes it so. */
export interface Reconciled {
  readonly truckCase: TruckCase;
  readonly before: Pick<Decision, 'elsewhere' | 'timers' | 'exceptions' | 'events'>;
  /** Where a plan gave way. */
  readonly after: Pick<Decision, 'exceptions' | 'events'>;
}

type Changed = Omit<Required<Pick<Decision, 'timers' | 'events'>>, never>;

/** Facts beat plans: whoever was to drive, he did. @throws Problem where it cannot have been so. */
export function reconcile(late: LateStart, byId: string, now: Now): Reconciled {
  const handoff = waitingOrPlanned(late);
  assertBayWasFree(late);
  const { driverId } = late.driver.facts;
  const visit = asJudgedAt(late.truckCase.visit, now.at);
  const truckCase = { ...late.truckCase, visit };
  if (handoff.state === 'accepted' && handoff.driverId === driverId) {
    return { truckCase, before: { events: [] }, after: { exceptions: [], events: [] } };
  }
  if (handoff.state === 'assigned' && handoff.driverId === driverId) {
    const { accepted, timers, events } = acceptedLate(late, handoff, now);
    return {
      truckCase: { ...truckCase, handoff: accepted },
      before: { timers, events },
      after: { exceptions: [], events: [] },
    };
  }
  const rival = withdrawn(late.truckCase, handoff, now);
  const elsewhere = late.elsewhere && withdrawn(late.elsewhere, planElsewhere(late, late.elsewhere), now);
  const assigned = assignedLate(late, rival.handoff, byId, now);
  const { accepted, ...accepting } = acceptedLate(late, assigned.handoff, now);
  const recorded = { at: now.late?.recordedAt ?? now.at, newId: (what: string) => now.newId(what) };
  // It waits for a driver again.
  const watched =
    late.elsewhere && elsewhere
      ? [timerOf(late.elsewhere.visit.visitId, endsOf({ ...late.elsewhere, ...elsewhere }), recorded.at)]
      : [];
  const { visit: seen, exceptions, place } = late.truckCase;
  return {
    truckCase: { ...truckCase, handoff: accepted },
    before: {
      ...(elsewhere && { elsewhere: elsewhere.handoff }),
      timers: [...rival.timers, ...(elsewhere?.timers ?? []), ...watched],
      events: [...rival.events, ...(elsewhere?.events ?? []), ...assigned.events, ...accepting.events],
    },
    after: raise(aboutVisit(seen), exceptions, 'offline_swap', recorded, place.rules),
  };
}

/** The handoff that the swap was for, where nothing has come of it yet. @throws Problem that says what has. */
function waitingOrPlanned({ truckCase, driver }: LateStart): RequestedHandoff | AssignedHandoff | AcceptedHandoff {
  const handoff = handoffIn(truckCase);
  if (handoff.state === 'started' || handoff.state === 'completed') {
    throw notNow(
      truckCase,
      `HANDOFF.ALREADY_${handoff.state.toUpperCase()}`,
      `this handoff is ${handoff.state} with driver ${handoff.driverId}: what driver ${driver.facts.driverId} did cannot be recorded beside it`,
      { driverId: handoff.driverId },
    );
  }
  if (!isLive(handoff)) handoffAfter(handoff, 'start');
  return handoff as RequestedHandoff | AssignedHandoff | AcceptedHandoff;
}

function assertBayWasFree({ truckCase, occupant }: LateStart): void {
  if (!occupant) return;
  const { handoffId, startedAt, endedAt } = occupant;
  throw notNow(truckCase, 'BAY.OCCUPIED', `handoff ${handoffId} was in this bay at that time`, {
    occupant: { handoffId, startedAt: toIso(startedAt), ...(endedAt === null ? {} : { endedAt: toIso(endedAt) }) },
  });
}

/** @throws Problem where the driver had his hands in another swap. */
function planElsewhere({ driver }: LateStart, { handoff }: TruckCase): Handoff {
  const { driverId } = driver.facts;
  if (handoff && handoff.state !== 'started') return handoff;
  throw conflict('DRIVER.IN_A_BAY', `driver ${driverId} is taking over another truck in a bay`, { driverId });
}

/** Whoever was to drive is told that he is not; nothing where nobody was. */
function withdrawn(truckCase: TruckCase, handoff: Handoff, now: Now): EndedAssignment<RequestedHandoff> {
  if (handoff.state === 'assigned' || handoff.state === 'accepted') {
    return endAssignment(truckCase.visit, handoff, 'withdrawn', now.late?.recordedAt ?? now.at);
  }
  return { handoff: handoff as RequestedHandoff, timers: [], events: [] };
}

/** The driver who did it, assigned as of the swap. What the pack lets people override does not undo a fact: it is named. */
function assignedLate(late: LateStart, handoff: RequestedHandoff, byId: string, now: Now) {
  const { truckCase, driver } = late;
  const unbound = { ...driver, liveHandoff: undefined };
  const overrides: Override[] = [];
  const plan: AssignmentPlan = {
    assignedBy: 'operator',
    plannedStartAt: now.at,
    plannedReturnAt: plannedReturn(truckCase, now.at),
    overrides,
    late: true,
  };
  for (;;) {
    const assigned = assign(truckCase, handoff, unbound, plan, now);
    if ('handoff' in assigned) return assigned;
    const rule = overridableAs(assigned.reason);
    const isNamed = overrides.some((override) => override.rule === rule);
    if (rule === undefined || isNamed || !mayBeNamed(truckCase.place.rules, rule)) {
      const { driverId } = driver.facts;
      throw conflict('DRIVER.NOT_ELIGIBLE', `driver ${driverId} may not have taken this truck: ${assigned.reason}`, {
        rule: assigned.reason,
      });
    }
    overrides.push({ rule, reason: 'made_offline', byId });
  }
}

/** A rule that needs a second person to override it has none here. */
function mayBeNamed({ overridable, secondPerson = [] }: PolicyRules, rule: string): boolean {
  return overridable.some((name) => name === rule) && !secondPerson.some((name) => name === rule);
}

/** Side and licence never are. */
function overridableAs(rule: string): 'shift' | 'hours' | 'credentials' | undefined {
  switch (rule) {
    case 'shift':
    case 'home_before_shift_ends':
      return 'shift';
    case 'hours':
    case 'credentials':
      return rule;
    default:
      return undefined;
  }
}

function acceptedLate(
  { truckCase }: LateStart,
  handoff: AssignedHandoff,
  { at }: Now,
): Changed & { accepted: AcceptedHandoff } {
  const { handoffId, driverId } = handoff;
  return {
    accepted: { ...handoff, state: 'accepted' },
    timers: [{ ...expiryOf(handoff), dueAt: null }],
    events: [eventOfVisit(truckCase.visit, 'handoff.accepted', at, { handoffId, driverId, late: true })],
  };
}
