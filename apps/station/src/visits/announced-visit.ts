import type { ConsignmentFacts, Flow } from '@yizhan/contracts';
import type { Visit } from './visit.js';

/** What is said of a visit before, or at, its arrival. */
export interface VisitFacts {
  readonly visitId: string;
  readonly areaCode: string;
  readonly stationCode: string;
  readonly zoneId: string;
  readonly plate: string;
  readonly flow: Flow;
  readonly carrierId?: string | undefined;
  readonly expectedAt?: number | undefined;
  readonly priority?: number | undefined;
  readonly dueAt?: number | undefined;
  readonly consignments: readonly ConsignmentFacts[];
}

/** A visit that has not begun. */
export function announced(facts: VisitFacts): Visit & { readonly state: 'announced' } {
  const { visitId, areaCode, stationCode, zoneId, plate, flow, consignments } = facts;
  return {
    visitId,
    areaCode,
    stationCode,
    zoneId,
    plate,
    flow,
    consignments,
    carrierId: facts.carrierId ?? null,
    priority: facts.priority ?? 0,
    dueAt: facts.dueAt ?? null,
    expectedAt: facts.expectedAt ?? null,
    state: 'announced',
    arrivedAt: null,
    departedAt: null,
    outcome: null,
    runId: null,
    ticketNo: null,
    queue: null,
    queuedAt: null,
    calledAt: null,
    calledBayCode: null,
    checked: null,
    held: false,
    holds: [],
    holdReasons: [],
    verdicts: [],
    releasedAt: null,
    version: 0,
  };
}
