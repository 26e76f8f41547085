import type { RunDirection, WaitPlan } from '@yizhan/contracts';
import type { NewEvent } from '@yizhan/event-log';
import { toIso } from '@yizhan/kernel';
import { given } from '../cases/given.js';
import { eventOfRun, type RunContext, type TimerChange } from '../cases/truck-case.js';
import type { Run } from './run.js';

/** What a run begins with. */
export interface Beginning {
  readonly runId: string;
  readonly areaCode: string;
  readonly zoneId: string | null;
  readonly plate: string;
  readonly direction: RunDirection;
  readonly driverId: string;
  readonly broughtByDriverId: string | null;
  readonly intoZoneVisitId: string | null;
  readonly dueBackAt: number | null;
  readonly returnDriverId?: string;
  readonly wait?: WaitPlan;
}

export interface OpenedRun {
  readonly run: Run;
  readonly timers: readonly TimerChange[];
  readonly events: readonly NewEvent[];
}

/** Begins a run; overdue `graceSeconds` after its due-back time, where it has one. */
export function openRun(beginning: Beginning, at: number, graceSeconds: number, context: RunContext): OpenedRun {
  const { runId, direction, plate, driverId, intoZoneVisitId, dueBackAt } = beginning;
  const run: Run = {
    ...beginning,
    state: 'open',
    how: null,
    outOfZoneVisitId: null,
    openedAt: at,
    closedAt: null,
    overdueAt: null,
    returnDriverId: beginning.returnDriverId ?? null,
    wait: beginning.wait ?? null,
    version: 0,
  };
  const due = dueBackAt === null ? {} : { dueBackAt: toIso(dueBackAt) };
  return {
    run,
    timers: dueBackAt === null ? [] : [{ kind: 'run_overdue', ref: runId, dueAt: dueBackAt + graceSeconds * 1000 }],
    events: [
      eventOfRun(run, 'run.opened', at, { direction, plate, driverId, ...given({ intoZoneVisitId }), ...due }, context),
    ],
  };
}
