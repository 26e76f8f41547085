import type { Blocker, EventData, Flow } from '@yizhan/contracts';

/** Why a visit is still open, as its events tell it. */
export interface OpenReason {
  readonly code:
    | 'waits_for_check'
    | 'check_failed'
    | 'cargo_held'
    | 'waits_for_driver'
    | 'waits_for_acceptance'
    | 'waits_for_start'
    | 'swap_under_way'
    | 'waits_for_release'
    | 'ready_to_leave'
    | 'handoff_aborted';
  /** Such as the rules that keep drivers away, the checks that failed, the reasons of a hold. */
  readonly details: readonly string[];
}

type HandoffState = 'requested' | 'assigned' | 'accepted' | 'started' | 'completed' | 'aborted';

/** One visit, folded from its events. Instants are epoch milliseconds. */
export interface VisitFold {
  readonly visitId: string;
  readonly stationCode: string;
  readonly plate: string;
  flow: Flow;
  arrivedAt: number | undefined;
  startedAt: number | undefined;
  departedAt: number | undefined;
  outcome: EventData['visit.departed']['outcome'] | undefined;
  cancelled: string | undefined;
  failedChecks: readonly string[] | undefined;
  heldFor: readonly string[] | undefined;
  isReleased: boolean;
  handoff: HandoffState | undefined;
  blockers: readonly Blocker[];
}

export function newVisitFold(data: EventData['visit.arrived'] | EventData['visit.announced']): VisitFold {
  return {
    visitId: data.visitId,
    stationCode: data.stationCode,
    plate: data.truck.plate,
    flow: data.flow,
    arrivedAt: undefined,
    startedAt: undefined,
    departedAt: undefined,
    outcome: undefined,
    cancelled: undefined,
    failedChecks: undefined,
    heldFor: undefined,
    isReleased: false,
    handoff: undefined,
    blockers: [],
  };
}

/** Why a visit that has not ended has not ended. */
export function whyOpen(visit: VisitFold): OpenReason {
  if (visit.heldFor) return { code: 'cargo_held', details: visit.heldFor };
  if (visit.failedChecks && visit.failedChecks.length > 0) return { code: 'check_failed', details: visit.failedChecks };
  switch (visit.handoff) {
    case undefined:
      return { code: 'waits_for_check', details: [] };
    case 'requested':
      return { code: 'waits_for_driver', details: visit.blockers.map(({ rule, drivers }) => `${rule}: ${drivers}`) };
    case 'assigned':
      return { code: 'waits_for_acceptance', details: [] };
    case 'accepted':
      return { code: 'waits_for_start', details: [] };
    case 'started':
      return { code: 'swap_under_way', details: [] };
    case 'completed':
      return { code: visit.isReleased ? 'ready_to_leave' : 'waits_for_release', details: [] };
    case 'aborted':
      return { code: 'handoff_aborted', details: [] };
    default:
      return visit.handoff satisfies never;
  }
}
