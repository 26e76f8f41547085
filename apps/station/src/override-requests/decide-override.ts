import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import { given } from '../cases/given.js';
import { notNow } from '../cases/problems.js';
import { type Decision, eventOfVisit, type Now, ofStationAlone, type TruckCase } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { nothingCollected, type OverrideDecision } from '../evidence/collected.js';
import { withApproval } from '../evidence/approve-override.js';
import { handoffIn } from '../handoffs/handoff-in.js';
import { handoffAfter } from '../handoffs/handoff.js';
import { ofTheDriver } from '../handoffs/overriding.js';
import {
  decided,
  type OverrideRequestAnswer,
  requestAnswer,
  requestFacts,
  standsUntil,
  withDecided,
} from './override-request.js';

export interface DecideOverrideInput {
  readonly handoffId: string;
  readonly overrideRequestId: string;
  readonly decision: OverrideDecision;
  /** Who decides: never who has asked. */
  readonly byId: string;
}

/** A second person approves what was asked for, or refuses it. An approval stands for a while, and for one use. */
export function decideOverride(
  truckCase: TruckCase,
  { handoffId, overrideRequestId, decision, byId }: DecideOverrideInput,
  { at }: Now,
): Decision<OverrideRequestAnswer> {
  const before = handoffIn(truckCase);
  handoffAfter(before, 'approve_override');
  const request = decided(truckCase, overrideRequestId, decision, byId, at);
  const { rule, reason, driverId, seal } = request;
  if (ofTheDriver.includes(rule) && before.state !== 'requested')
    throw notNow(truckCase, 'OVERRIDE.TOO_LATE', `the handoff is ${before.state}: ${rule} is not overridden any more`);
  const collected = withDecided(before.collected ?? nothingCollected, request);
  const facts = { ...requestFacts(request, handoffId), byId };
  const endsAt = standsUntil(at);
  const { visit } = truckCase;
  const isApproved = decision === 'approved';
  return {
    handoff: {
      ...before,
      collected: isApproved
        ? withApproval(collected, { rule, byId, reason, ...given({ driverId, seal }), expiresAt: endsAt }, at)
        : collected,
    },
    events: [
      ofStationAlone(
        isApproved
          ? eventOfVisit(visit, 'handoff.override_approved', at, { ...facts, standsUntil: toIso(endsAt) })
          : eventOfVisit(visit, 'handoff.override_refused', at, facts),
      ),
    ],
    answer: requestAnswer(request, handoffId, at),
  };
}

@Injectable()
export class DecideOverride {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: DecideOverrideInput): Promise<OverrideRequestAnswer> {
    return this.cases.change(request, this.cases.ofHandoff(input.handoffId), (truckCase, now) =>
      decideOverride(truckCase, input, now),
    );
  }
}
