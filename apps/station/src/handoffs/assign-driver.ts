import { Injectable } from '@nestjs/common';
import { parseInstant, toIso } from '@yizhan/kernel';
import { given } from '../cases/given.js';
import type { CaseAnswer } from '../cases/next-steps.js';
import type { Transaction } from '@yizhan/persistence';
import { conflict } from '../cases/problems.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { type CutOffPlaces, readCutOffPlaces } from '../connections/cut-off-places.js';
import { together } from '../changes/together.js';
import { loadDriverFacts, type LockedDriver } from '../drivers/driver-facts.repository.js';
import { heldBack, type ThrottleInForce } from '../lane-throttles/lane-throttle.js';
import { lockThrottles, shareArea } from '../lane-throttles/throttles-of-handoff.js';
import { assign, plannedReturn } from './assigning.js';
import { handoffIn } from './handoff-in.js';
import { handoffAfter, type RequestedHandoff } from './handoff.js';
import { approved, type AskedOverride, withApprovalsUsed } from './overriding.js';
import { confirmed, withoutSuggestions } from './suggesting.js';

export interface AssignDriverInput {
  readonly handoffId: string;
  readonly driverId: string;
  /** What the suggestion says, or the present, where it is not given. */
  readonly plannedStartAt?: number;
  /** Of the scheduler's suggestion that is confirmed. */
  readonly decisionId?: string;
  /** Rules that are set aside, with the reason; never side, licence or custody. */
  readonly overrides?: readonly AskedOverride[];
}

/** An operator names the driver. */
export function assignDriver(
  truckCase: TruckCase,
  driver: LockedDriver,
  input: AssignDriverInput,
  now: Now,
): Decision<CaseAnswer> {
  const handoff = handoffIn(truckCase);
  handoffAfter(handoff, 'assign');
  const overrides = approved(truckCase, input.overrides ?? [], input.driverId, now.at);
  const { decisionId } = input;
  const suggestion = decisionId === undefined ? undefined : confirmed(handoff, decisionId, input.driverId);
  const suggestedStartAt = suggestion && parseInstant(suggestion.plannedStartAt);
  const plannedStartAt = Math.max(input.plannedStartAt ?? suggestedStartAt ?? now.at, now.at);
  const plan = {
    assignedBy: 'operator' as const,
    ...given({ decisionId }),
    plannedStartAt,
    plannedReturnAt: plannedReturn(truckCase, plannedStartAt),
    overrides,
  };
  const requested = withoutSuggestions(withApprovalsUsed(handoff as RequestedHandoff, overrides));
  const assigned = assign(truckCase, requested, driver, plan, now);
  if ('answer' in assigned) return assigned;
  const { reason, until } = assigned;
  if (reason === 'busy') {
    throw conflict('DRIVER.ALREADY_ASSIGNED', `driver ${input.driverId} already has a live assignment`, {
      driverId: input.driverId,
    });
  }
  if (reason === 'other_pool') {
    const { areaCode } = driver;
    throw conflict('DRIVER.OTHER_POOL', `driver ${input.driverId} is in the pool of ${areaCode}`, {
      driverId: input.driverId,
      areaCode,
    });
  }
  throw conflict('DRIVER.NOT_ELIGIBLE', `driver ${input.driverId} may not take this truck: ${reason}`, {
    rule: reason,
    ...(until === undefined ? {} : { until: toIso(until) }),
  });
}

@Injectable()
export class AssignDriver {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: AssignDriverInput): Promise<CaseAnswer> {
    return this.cases.change(
      request,
      (tx, now) => this.#load(tx, now, input),
      ([truckCase, driver, throttles], now) => {
        const decision = assignDriver(truckCase, driver, input, now);
        assertMayPass(truckCase, throttles, now);
        return decision;
      },
    );
  }

  async #load(tx: Transaction, now: Now, input: AssignDriverInput) {
    const { handoffId } = input;
    const [, truckCase, driver, throttles] = await together<[void, TruckCase, LockedDriver, ThrottleInForce[]]>([
      shareArea(tx, handoffId),
      this.cases.ofHandoff(handoffId)(tx, now),
      loadReachable(tx, now, input),
      lockThrottles(tx, handoffId, this.cases.now),
    ]);
    return [truckCase, driver, throttles] as const;
  }
}

/** What a tablet has logged has happened, and counts. @throws Problem `conflict` where the lane has no room for the truck now. */
function assertMayPass({ visit, place }: TruckCase, throttles: readonly ThrottleInForce[], { at, late }: Now): void {
  const held = late ? undefined : heldBack(throttles, { priority: visit.priority, rules: place.rules }, at);
  if (!held) return;
  const { until, ...throttle } = held;
  const message = `at most ${throttle.trucksPerHour} trucks an hour get a driver on this lane`;
  throw conflict('LANE.THROTTLED', message, { ...throttle, ...(until !== undefined && { until: toIso(until) }) });
}

/** The driver. What a tablet has logged has happened; whoever asks now may not name somebody whom nobody can tell. */
async function loadReachable(
  tx: Transaction,
  { late }: Now,
  { handoffId, driverId }: AssignDriverInput,
): Promise<LockedDriver> {
  const [driver, cutOff] = await together<[LockedDriver, CutOffPlaces]>([
    loadDriverFacts(tx, driverId),
    readCutOffPlaces(tx, handoffId, driverId),
  ]);
  if (!cutOff.driver || late) return driver;
  const message = `driver ${driverId} is at a station that is cut off: he cannot be told`;
  throw conflict('DRIVER.CUT_OFF', message, { driverId });
}
