import type { Seal } from '@yizhan/contracts';
import type { Caller, Role } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { isSameSeal } from '../cargo/seal.js';
import { given } from '../cases/given.js';
import { conflict, notNow } from '../cases/problems.js';
import { notFound } from '../cases/case-scope.js';
import type { TruckCase } from '../cases/truck-case.js';
import {
  type Collected,
  type OverrideDecision,
  overrideDecisions,
  type OverrideRequest,
} from '../evidence/collected.js';
import { approvalSeconds, assertPerson } from '../handoffs/overriding.js';

/** How long a request waits for a second person; a person who is asked later is told by a new one. */
export const requestSeconds = 900;

export const overrideRequestStates = ['open', ...overrideDecisions, 'expired'] as const;
export type OverrideRequestState = (typeof overrideRequestStates)[number];

/** How it stands: an approval that was not used in time has expired, too. */
export function stateOf({ decision, decidedAt, expiresAt }: OverrideRequest, at: number): OverrideRequestState {
  if (decision === 'refused') return 'refused';
  const endsAt = decision === undefined ? expiresAt : standsUntil(decidedAt ?? 0);
  if (endsAt <= at) return 'expired';
  return decision ?? 'open';
}

/** What a second person may do with a request that is open. */
export const overrideRequestSteps = ['approve', 'refuse'] as const;
export type OverrideRequestStep = (typeof overrideRequestSteps)[number];

/** Roles that decide what others ask for. */
export const overrideDeciders = ['shift_lead', 'administrator'] as const satisfies readonly Role[];

/** Whether he is a second person for it: of a role that may, and not who asks. */
export function mayDecide({ role, subject }: Pick<Caller, 'role' | 'subject'>, { byId }: OverrideRequest): boolean {
  return overrideDeciders.some((each) => each === role) && subject !== byId;
}

/** Until when an approval can be used. */
export const standsUntil = (decidedAt: number): number => decidedAt + approvalSeconds * 1000;

/** With a new one; those that nobody can act on any more are left to the log. @throws Problem `conflict` where it is asked already. */
export function withRequest(collected: Collected, asked: OverrideRequest): Collected {
  const kept = (collected.overrideRequests ?? []).filter((each) => stateOf(each, asked.askedAt) !== 'expired');
  const rival = kept.find(
    (each) =>
      each.rule === asked.rule &&
      each.driverId === asked.driverId &&
      isSameSeal(each.seal, asked.seal) &&
      stateOf(each, asked.askedAt) !== 'refused',
  );
  if (rival) {
    const { overrideRequestId, byId } = rival;
    throw conflict('OVERRIDE.ALREADY_ASKED', `${byId} has asked for it: ${overrideRequestId}`, {
      overrideRequestId,
      byId,
    });
  }
  return { ...collected, overrideRequests: [...kept, asked] };
}

/**
 * The request as somebody has decided it. @throws Problem `not_found`, `illegal_state` where it is not open any more, and
 * `conflict` where he has asked himself.
 */
export function decided(
  truckCase: TruckCase,
  overrideRequestId: string,
  decision: OverrideDecision,
  byId: string,
  at: number,
): OverrideRequest {
  const request = truckCase.handoff?.collected?.overrideRequests?.find(
    (each) => each.overrideRequestId === overrideRequestId,
  );
  if (!request) throw notFound('override', overrideRequestId);
  const state = stateOf(request, at);
  if (state !== 'open') throw notNow(truckCase, 'OVERRIDE.NOT_OPEN', `request ${overrideRequestId} is ${state}`);
  assertPerson(byId);
  if (request.byId === byId) {
    throw conflict('OVERRIDE.OWN_REQUEST', 'who asks for an override does not decide it: somebody else has to', {
      byId,
    });
  }
  return { ...request, decision, decidedById: byId, decidedAt: at };
}

export function withDecided(collected: Collected, request: OverrideRequest): Collected {
  const requests = (collected.overrideRequests ?? []).map((each) =>
    each.overrideRequestId === request.overrideRequestId ? request : each,
  );
  return { ...collected, overrideRequests: requests };
}

/** What the events of a request say alike. */
export function requestFacts({ overrideRequestId, rule, driverId }: OverrideRequest, handoffId: string) {
  return { handoffId, overrideRequestId, rule, ...given({ driverId }) };
}

/** How a request stands, for whoever has asked for it or decided it. Instants are RFC 3339. */
export interface OverrideRequestAnswer {
  readonly overrideRequestId: string;
  readonly handoffId: string;
  readonly rule: string;
  readonly reason: string;
  readonly driverId?: string;
  readonly seal?: Seal;
  readonly byId: string;
  readonly state: OverrideRequestState;
  readonly askedAt: string;
  readonly expiresAt: string;
  readonly blockedUntil?: string;
  readonly decidedById?: string;
  readonly decidedAt?: string;
  readonly standsUntil?: string;
}

export function requestAnswer(request: OverrideRequest, handoffId: string, at: number): OverrideRequestAnswer {
  const { overrideRequestId, rule, reason, driverId, seal, byId, askedAt, expiresAt, blockedUntil } = request;
  const { decision, decidedById, decidedAt } = request;
  return {
    overrideRequestId,
    handoffId,
    rule,
    reason,
    ...given({ driverId, seal }),
    byId,
    state: stateOf(request, at),
    askedAt: toIso(askedAt),
    expiresAt: toIso(expiresAt),
    ...(blockedUntil === undefined ? {} : { blockedUntil: toIso(blockedUntil) }),
    ...given({ decidedById }),
    ...(decidedAt === undefined ? {} : { decidedAt: toIso(decidedAt) }),
    ...(decision === 'approved' && decidedAt !== undefined ? { standsUntil: toIso(standsUntil(decidedAt)) } : {}),
  };
}
