import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import { isSameSeal } from '../cargo/seal.js';
import { given } from '../cases/given.js';
import { answerOf, type CaseAnswer } from '../cases/next-steps.js';
import { invalid, notNow } from '../cases/problems.js';
import type { Decision, Now, TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { handoffIn } from '../handoffs/handoff-in.js';
import { handoffAfter } from '../handoffs/handoff.js';
import { approvalSeconds, assertOverridable, assertPerson, ofTheDriver } from '../handoffs/overriding.js';
import { type Approval, type Collected, nothingCollected } from './collected.js';

export interface ApproveOverrideInput {
  readonly handoffId: string;
  readonly rule: string;
  /** A code, never free text. */
  readonly reason: string;
  /** Whom it is for, where the rule is one about drivers. */
  readonly driverId?: string;
  /** Who approves. */
  readonly byId: string;
}

export interface ApprovedAnswer extends CaseAnswer {
  readonly rule: string;
  readonly approvedById: string;
  /** RFC 3339. */
  readonly expiresAt: string;
}

/** A second person agrees that a rule is overridden; the override itself has to follow soon. */
export function approveOverride(
  truckCase: TruckCase,
  { rule, reason, driverId, byId }: ApproveOverrideInput,
  { at }: Now,
): Decision<ApprovedAnswer> {
  const before = handoffIn(truckCase);
  handoffAfter(before, 'approve_override');
  assertPerson(byId);
  if (ofTheDriver.includes(rule) && before.state !== 'requested')
    throw notNow(truckCase, 'OVERRIDE.TOO_LATE', `the handoff is ${before.state}: ${rule} is not overridden any more`);
  assertOverridable(truckCase, rule);
  if (ofTheDriver.includes(rule) !== (driverId !== undefined)) {
    const message =
      driverId === undefined ? `say for which driver ${rule} is overridden` : `${rule} is not about a driver`;
    throw invalid('OVERRIDE.FOR_WHOM', message, { field: 'driverId' });
  }
  const expiresAt = at + approvalSeconds * 1000;
  const approval: Approval = { rule, byId, reason, ...given({ driverId }), expiresAt };
  const handoff = { ...before, collected: withApproval(before.collected ?? nothingCollected, approval, at) };
  return {
    handoff,
    events: [],
    answer: {
      ...answerOf({ visit: truckCase.visit, handoff }),
      rule,
      approvedById: byId,
      expiresAt: toIso(expiresAt),
    },
  };
}

/** With an approval in the place of an earlier one of the same; those that are over go. */
export function withApproval(collected: Collected, approval: Approval, at: number): Collected {
  const { rule, byId, driverId, seal } = approval;
  const isSame = (other: Approval): boolean =>
    other.rule === rule && other.byId === byId && other.driverId === driverId && isSameSeal(other.seal, seal);
  const others = (collected.approvals ?? []).filter((other) => other.expiresAt > at && !isSame(other));
  return { ...collected, approvals: [...others, approval] };
}

@Injectable()
export class ApproveOverride {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: ApproveOverrideInput): Promise<ApprovedAnswer> {
    return this.cases.change(request, this.cases.ofHandoff(input.handoffId), (truckCase, now) =>
      approveOverride(truckCase, input, now),
    );
  }
}
