import { Injectable } from '@nestjs/common';
import type { Seal } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { isAsRecorded } from '../cargo/seal.js';
import { given } from '../cases/given.js';
import { conflict, invalid, notNow } from '../cases/problems.js';
import { type Decision, eventOfVisit, type Now, ofStationAlone, type TruckCase } from '../cases/truck-case.js';
import { both, TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { loadDriverFacts, type LockedDriver } from '../drivers/driver-facts.repository.js';
import { nothingCollected, type OverrideRequest } from '../evidence/collected.js';
import { assign, plannedReturn, type Refusal } from '../handoffs/assigning.js';
import { handoffIn } from '../handoffs/handoff-in.js';
import { type Handoff, handoffAfter, type RequestedHandoff } from '../handoffs/handoff.js';
import { assertOverridable, ofTheDriver } from '../handoffs/overriding.js';
import {
  type OverrideRequestAnswer,
  requestAnswer,
  requestFacts,
  requestSeconds,
  withRequest,
} from './override-request.js';

export interface RequestOverrideInput {
  readonly handoffId: string;
  readonly rule: string;
  /** A code, never free text. */
  readonly reason: string;
  /** Whom it is for, where the rule is one about drivers. */
  readonly driverId?: string;
  /** As it was seen, where the rule is `seal`. */
  readonly seal?: Seal;
  /** Who asks. */
  readonly byId: string;
}

/** Somebody asks a second person for an override, which the rules would let stand and would not need otherwise. */
export function requestOverride(
  truckCase: TruckCase,
  driver: LockedDriver | undefined,
  { handoffId, ...asked }: RequestOverrideInput,
  now: Now,
): Decision<OverrideRequestAnswer> {
  const before = handoffIn(truckCase);
  const { rule, driverId, seal, reason, byId } = asked;
  handoffAfter(before, 'approve_override');
  assertOverridable(truckCase, rule);
  const blockedUntil = ofTheDriver.includes(rule)
    ? blockedBy(truckCase, before, driver, asked, now)
    : assertOtherSeal(truckCase, seal);
  const request: OverrideRequest = {
    overrideRequestId: now.newId('override request'),
    rule,
    reason,
    ...given({ driverId, seal }),
    byId,
    askedAt: now.at,
    expiresAt: now.at + requestSeconds * 1000,
    ...given({ blockedUntil }),
  };
  const handoff = { ...before, collected: withRequest(before.collected ?? nothingCollected, request) };
  const told = {
    ...requestFacts(request, handoffId),
    reason,
    byId,
    expiresAt: toIso(request.expiresAt),
    ...given({ seal }),
    ...(blockedUntil === undefined ? {} : { blockedUntil: toIso(blockedUntil) }),
  };
  return {
    handoff,
    events: [ofStationAlone(eventOfVisit(truckCase.visit, 'handoff.override_requested', now.at, told))],
    answer: requestAnswer(request, handoffId, now.at),
  };
}

type Asked = Omit<RequestOverrideInput, 'handoffId'>;

/** Until when the rule keeps the driver away. @throws Problem where it does not, or something else would still do. */
function blockedBy(
  truckCase: TruckCase,
  handoff: Handoff,
  driver: LockedDriver | undefined,
  { rule, reason, byId, driverId, seal }: Asked,
  now: Now,
): number | undefined {
  if (!driver) throw invalid('OVERRIDE.FOR_WHOM', `say for which driver ${rule} is overridden`, { field: 'driverId' });
  if (seal) throw invalid('OVERRIDE.FOR_WHOM', `${rule} is not about a seal`, { field: 'seal' });
  if (handoff.state !== 'requested')
    throw notNow(truckCase, 'OVERRIDE.TOO_LATE', `the handoff is ${handoff.state}: ${rule} is not overridden any more`);
  const block = refusalOf(truckCase, handoff, driver, [], now);
  if (!block) throw conflict('OVERRIDE.NOT_NEEDED', `driver ${driverId} may take this truck as it is`, { rule });
  const other = refusalOf(truckCase, handoff, driver, [{ rule, reason, byId }], now);
  if (!other) return block.until;
  throw conflict('DRIVER.NOT_ELIGIBLE', `driver ${driverId} may not take this truck: ${other.reason}`, {
    rule: other.reason,
  });
}

function refusalOf(
  truckCase: TruckCase,
  handoff: RequestedHandoff,
  driver: LockedDriver,
  overrides: Parameters<typeof assign>[3]['overrides'],
  now: Now,
): Refusal | undefined {
  const plannedReturnAt = plannedReturn(truckCase, now.at);
  const plan = { assignedBy: 'operator', plannedStartAt: now.at, ...given({ plannedReturnAt }), overrides } as const;
  const assigned = assign(truckCase, handoff, driver, plan, now);
  return 'answer' in assigned ? undefined : assigned;
}

function assertOtherSeal({ truck }: TruckCase, seal: Seal | undefined): undefined {
  if (!seal) throw invalid('OVERRIDE.WHICH_SEAL', 'say which seal is seen, and whether it is whole', { field: 'seal' });
  if (isAsRecorded(truck, seal))
    throw conflict('OVERRIDE.NOT_NEEDED', 'the seal is the recorded one', { rule: 'seal' });
  return undefined;
}

@Injectable()
export class RequestOverride {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: RequestOverrideInput): Promise<OverrideRequestAnswer> {
    const { handoffId, rule, driverId } = input;
    const ofHandoff = this.cases.ofHandoff(handoffId);
    if (driverId === undefined)
      return this.cases.change(request, ofHandoff, (truckCase, now) =>
        requestOverride(truckCase, undefined, input, now),
      );
    if (!ofTheDriver.includes(rule))
      throw invalid('OVERRIDE.FOR_WHOM', `${rule} is not about a driver`, { field: 'driverId' });
    return this.cases.change(
      request,
      both(ofHandoff, (tx) => loadDriverFacts(tx, driverId)),
      ([truckCase, driver], now) => requestOverride(truckCase, driver, input, now),
    );
  }
}
