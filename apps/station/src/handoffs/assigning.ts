import type { ClockReading, Override } from '@yizhan/contracts';
import type { NewEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import { checkEligibility, type EligibilityRuleName, type SwapNeeds } from '@yizhan/policy';
import { given } from '../cases/given.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { type Decision, eventOfVisit, type Now, type TruckCase } from '../cases/truck-case.js';
import type { LockedDriver } from '../drivers/driver-facts.repository.js';
import { passBlockOf } from '../passes/pass.js';
import { expiryOf } from './ending-assignment.js';
import type { AssignedHandoff, RequestedHandoff } from './handoff.js';

/** How long a truck is usually gone into the zone, where nobody says otherwise. */
export const usualRoundTripSeconds = 7_200;

/** Who is to drive, when, and who says so. */
export interface AssignmentPlan {
  readonly assignedBy: 'scheduler' | 'operator';
  readonly decisionId?: string;
  readonly plannedStartAt: number;
  readonly plannedReturnAt?: number;
  readonly overrides: readonly Override[];
  /** It is recorded after the swap that it was for. */
  readonly late?: true;
}

/** Why a driver may not be assigned: a rule of the policy, `busy`, or `other_pool` where he is lent to another area, or by it. `until` is when waiting may help. */
export interface Refusal {
  readonly reason: EligibilityRuleName | 'busy' | 'other_pool';
  readonly until?: number;
}

/** When the truck is planned to be back: never for a truck that leaves the zone. */
export function plannedReturn(truckCase: TruckCase, plannedStartAt: number, proposed?: number): number | undefined {
  if (truckCase.visit.flow === 'out_of_zone') return undefined;
  return proposed ?? plannedStartAt + usualRoundTripSeconds * 1000;
}

/** Assigns the driver, or says why not. The driver is locked: nobody else can assign him meanwhile. */
export function assign(
  truckCase: TruckCase,
  handoff: RequestedHandoff,
  driver: LockedDriver,
  plan: AssignmentPlan,
  { at, late }: Now,
): (Decision<CaseAnswer> & { readonly handoff: AssignedHandoff }) | Refusal {
  if (driver.liveHandoff) return { reason: 'busy' };
  if (!isInPool(truckCase, driver)) return { reason: 'other_pool' };
  const { rules } = truckCase.place;
  const verdict = checkEligibility(rules, driver.facts, swapNeeds(truckCase, plan));
  if (!verdict.eligible) return { reason: verdict.rule, ...given({ until: verdict.until }) };
  const { assignedBy, decisionId, plannedStartAt, plannedReturnAt } = plan;
  const assigned: AssignedHandoff = {
    ...handoff,
    state: 'assigned',
    driverId: driver.facts.driverId,
    assignedBy,
    assignmentNo: handoff.assignmentNo + 1,
    decisionId: decisionId ?? null,
    assignedAt: at,
    plannedStartAt,
    plannedReturnAt: plannedReturnAt ?? null,
    passId: passFor(truckCase)?.passId ?? null,
    passBlock: passBlockFor(truckCase, driver, plan),
  };
  return {
    handoff: assigned,
    timers: [{ ...expiryOf(assigned), dueAt: (late?.recordedAt ?? at) + rules.timers.acceptWithinSeconds * 1000 }],
    events: [assignedEvent(truckCase, assigned, plan, verdict.clock, at)],
    answer: answerOf({ visit: truckCase.visit, handoff: assigned }),
  };
}

/** Into the zone his own pool drives. A driver who is lent is in one pool at every instant, and his row is locked. */
function isInPool({ visit }: TruckCase, { areaCode }: LockedDriver): boolean {
  return visit.flow === 'out_of_zone' || areaCode === visit.areaCode;
}

/** Out of the zone no pass is needed. */
function passFor({ visit, pass }: TruckCase) {
  return visit.flow === 'into_zone' ? pass : undefined;
}

function passBlockFor({ place, visit, pass }: TruckCase, { facts, areaCode }: LockedDriver, plan: AssignmentPlan) {
  const { plannedStartAt, plannedReturnAt = plannedStartAt } = plan;
  const driver = { driverId: facts.driverId, areaCode };
  return passBlockOf(place.rules, visit.flow, pass, driver, { from: plannedStartAt, until: plannedReturnAt });
}

function assignedEvent(
  { visit, place: { policy } }: TruckCase,
  { handoffId, driverId, passId }: AssignedHandoff,
  { plannedStartAt, plannedReturnAt, assignedBy, decisionId, overrides, late }: AssignmentPlan,
  clock: ClockReading,
  at: number,
): NewEvent {
  return eventOfVisit(visit, 'handoff.assigned', at, {
    handoffId,
    driverId,
    plannedStartAt: toIso(plannedStartAt),
    ...(plannedReturnAt === undefined ? {} : { plannedReturnAt: toIso(plannedReturnAt) }),
    assignedBy,
    ...given({ decisionId, passId }),
    clock,
    policy,
    overrides,
    ...given({ late }),
  });
}

function swapNeeds({ visit, truck, run }: TruckCase, plan: AssignmentPlan): SwapNeeds {
  const { plannedStartAt, plannedReturnAt, overrides } = plan;
  const named = [run?.returnDriverId, run?.broughtByDriverId];
  return {
    flow: visit.flow,
    zoneId: visit.zoneId,
    licenceRequired: truck.licenceRequired,
    ...given({ carrierId: visit.carrierId, plannedReturnAt }),
    returnDriverIds: named.filter((driverId) => typeof driverId === 'string'),
    plannedStartAt,
    overridden: overrides.map(({ rule }) => rule),
  };
}
