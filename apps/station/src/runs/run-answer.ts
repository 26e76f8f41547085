import type { WaitPlan } from '@yizhan/contracts';
import { given } from '../cases/given.js';
import { stepsFrom } from '../cases/transition-table.js';
import { type Run, runTable } from './run.js';

/** How a run stands after a request. */
export interface RunAnswer {
  readonly runId: string;
  readonly plate: string;
  readonly state: string;
  readonly allowedSteps: readonly string[];
  readonly returnDriverId?: string;
  readonly wait?: WaitPlan;
  readonly how?: string;
}

export function runAnswer(run: Run): RunAnswer {
  const { runId, plate, state, returnDriverId, wait, how } = run;
  const allowedSteps = stepsFrom(runTable, state).filter((step) => step !== 'become_overdue');
  return { runId, plate, state, allowedSteps, ...given({ returnDriverId, wait, how }) };
}
