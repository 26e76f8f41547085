import type { RunDirection, WaitPlan } from '@yizhan/contracts';
import { type TransitionTable, takeStep } from '../cases/transition-table.js';

export type RunState = 'open' | 'closed';
export type RunStepName = 'record_step' | 'plan_return' | 'become_overdue' | 'close';
export type RunEnd = 'returned' | 'zone_lifted' | 'stayed';

/** The trip of a truck beyond the station and back. Instants are epoch milliseconds. */
export interface Run {
  readonly runId: string;
  readonly areaCode: string;
  readonly zoneId: string | null;
  readonly plate: string;
  readonly direction: RunDirection;
  /** The relay driver who began it. */
  readonly driverId: string;
  /** Who brought the truck to the station where it went in: he may take it back. */
  readonly broughtByDriverId: string | null;
  readonly state: RunState;
  readonly how: RunEnd | null;
  readonly intoZoneVisitId: string | null;
  readonly outOfZoneVisitId: string | null;
  readonly openedAt: number;
  readonly dueBackAt: number | null;
  readonly closedAt: number | null;
  readonly overdueAt: number | null;
  readonly returnDriverId: string | null;
  readonly wait: WaitPlan | null;
  readonly version: number;
}

/** What a run may do next. */
export const runTable: TransitionTable<RunState, RunStepName> = {
  open: {
    means:
      'The truck is on its way beyond the station. Opened by a departure into the zone, or by the enterprise of a truck that starts inside.',
    steps: { record_step: 'open', plan_return: 'open', become_overdue: 'open', close: 'closed' },
  },
  closed: {
    means: 'The truck is back, stays inside for good, or the zone was lifted. Final.',
    steps: {},
  },
};

/** Where a step leads. @throws Problem `illegal_state` with the allowed steps. */
export function runAfter(run: Run, step: RunStepName): RunState {
  return takeStep('run', runTable, run.state, step);
}
