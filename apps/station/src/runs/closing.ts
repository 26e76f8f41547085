import type { NewEvent } from '@yizhan/event-log';
import { aboutRun } from '../cases/about.js';
import { type ExceptionSteps, type OpenException, settle } from '../exceptions/raising.js';
import { given } from '../cases/given.js';
import { eventOfRun, type RunContext, type TimerChange } from '../cases/truck-case.js';
import { type Run, runAfter, type RunEnd } from './run.js';

/** How a run ends, and in which visits. */
export interface Ending {
  readonly how: RunEnd;
  readonly intoZoneVisitId?: string;
  readonly outOfZoneVisitId?: string;
}

export interface ClosedRun {
  readonly run: Run;
  readonly timers: readonly TimerChange[];
  readonly exceptions: ExceptionSteps['exceptions'];
  readonly events: readonly NewEvent[];
}

/** Ends a run: nothing of it can be overdue any more. @throws Problem `illegal_state` where it is closed already. */
export function closeRun(
  run: Run,
  ending: Ending,
  at: number,
  context: RunContext,
  open: readonly OpenException[],
): ClosedRun {
  const { how } = ending;
  const closed: Run = {
    ...run,
    state: runAfter(run, 'close'),
    how,
    closedAt: at,
    intoZoneVisitId: ending.intoZoneVisitId ?? run.intoZoneVisitId,
    outOfZoneVisitId: ending.outOfZoneVisitId ?? run.outOfZoneVisitId,
  };
  const { intoZoneVisitId, outOfZoneVisitId, plate } = closed;
  const settled = settle(aboutRun(run, context.carrierId, undefined), open, () => true, `run_${how}`, at);
  return {
    run: closed,
    timers: [{ kind: 'run_overdue', ref: run.runId, dueAt: null }],
    exceptions: settled.exceptions,
    events: [
      eventOfRun(run, 'run.closed', at, { how, plate, ...given({ intoZoneVisitId, outOfZoneVisitId }) }, context),
      ...settled.events,
    ],
  };
}
