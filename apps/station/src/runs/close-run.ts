import { Injectable } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import { stepsFrom } from '../cases/transition-table.js';
import type { Decision, Now } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { untracked } from '../custody/truck.js';
import { closeRun } from './closing.js';
import { loadRun, type RunCase } from './load-run.js';
import { runAfter, runTable } from './run.js';
import { type RunAnswer, runAnswer } from './run-answer.js';

export interface CloseRunInput {
  readonly runId: string;
  readonly how: 'zone_lifted' | 'stayed';
}

/** The truck does not come back through a station: nobody answers for it to us any more. */
export function closeRunInside(runCase: RunCase, { how }: CloseRunInput, { at }: Now): Decision<RunAnswer> {
  const { run, truck, exceptions, zoneState, openVisitId } = runCase;
  runAfter(run, 'close');
  const refuse = (code: string, message: string) =>
    new Problem('illegal_state', code, message, { state: run.state, allowedSteps: stepsFrom(runTable, run.state) });
  if (openVisitId !== undefined) {
    throw refuse('RUN.TRUCK_AT_STATION', `truck ${run.plate} is at a station: depart visit ${openVisitId} first`);
  }
  if (how === 'zone_lifted' && zoneState === 'active') {
    throw refuse('ZONE.STILL_ACTIVE', `zone ${run.zoneId} has not been lifted`);
  }
  const closed = closeRun(run, { how }, at, { carrierId: truck.carrierId }, exceptions);
  const { custodian } = truck;
  return {
    ...closed,
    ...(custodian ? { truck: untracked(truck) } : {}),
    driving: custodian?.kind === 'driver' ? [{ does: 'stop', driverId: custodian.id }] : [],
    answer: runAnswer(closed.run),
  };
}

@Injectable()
export class CloseRun {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: CloseRunInput): Promise<RunAnswer> {
    return this.cases.change(
      request,
      (tx) => loadRun(tx, input.runId),
      (runCase, now) => closeRunInside(runCase, input, now),
    );
  }
}
