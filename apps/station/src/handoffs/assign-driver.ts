import { Injectable } from '@nestjs/common';
import type { Override } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import type { OverridableRule } from '@yizhan/policy';
import type { CaseAnswer } from '../cases/next-steps.js';
import { conflict, invalid } from '../cases/problems.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { both, TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { loadDriverFacts, type LockedDriver } from '../drivers/driver-facts.repository.js';
import { assign, plannedReturn } from './assigning.js';
import { handoffIn } from './handoff-in.js';
import { handoffAfter, type RequestedHandoff } from './handoff.js';

export interface AssignDriverInput {
  readonly handoffId: string;
  readonly driverId: string;
  /** The present where it is not given. */
  readonly plannedStartAt?: number;
  /** Rules that are set aside, with the reason; never side, licence or custody. */
  readonly overrides?: readonly Override[];
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
  const overrides = input.overrides ?? [];
  assertOverridable(truckCase, overrides);
  const plannedStartAt = Math.max(input.plannedStartAt ?? now.at, now.at);
  const plan = {
    assignedBy: 'operator' as const,
    plannedStartAt,
    plannedReturnAt: plannedReturn(truckCase, plannedStartAt),
    overrides,
  };
  const assigned = assign(truckCase, handoff as RequestedHandoff, driver, plan, now);
  if ('answer' in assigned) return assigned;
  const { reason, until } = assigned;
  if (reason === 'busy') {
    throw conflict('DRIVER.ALREADY_ASSIGNED', `driver ${input.driverId} already has a live assignment`, {
      driverId: input.driverId,
    });
  }
  throw conflict('DRIVER.NOT_ELIGIBLE', `driver ${input.driverId} may not take this truck: ${reason}`, {
    rule: reason,
    ...(until === undefined ? {} : { until: toIso(until) }),
  });
}

function assertOverridable({ place }: TruckCase, overrides: readonly Override[]): void {
  const overridable: readonly string[] = place.rules.overridable satisfies readonly OverridableRule[];
  const forbidden = overrides.find(({ rule }) => !overridable.includes(rule));
  if (!forbidden) return;
  throw invalid('OVERRIDE.NOT_POSSIBLE', `${forbidden.rule} can not be overridden under this policy`, {
    rule: forbidden.rule,
    overridable,
  });
}

@Injectable()
export class AssignDriver {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: AssignDriverInput): Promise<CaseAnswer> {
    return this.cases.change(
      request,
      both(this.cases.ofHandoff(input.handoffId), (tx) => loadDriverFacts(tx, input.driverId)),
      ([truckCase, driver], now) => assignDriver(truckCase, driver, input, now),
    );
  }
}
