import { Injectable } from '@nestjs/common';
import type { WaitPlan } from '@yizhan/contracts';
import type { Transaction } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { conflict, notFound } from '../cases/problems.js';
import { together } from '../changes/together.js';
import { type Decision, eventOfRun, type Now } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { loadRun, type RunCase } from './load-run.js';
import { runAfter } from './run.js';
import { type RunAnswer, runAnswer } from './run-answer.js';

export interface PlanReturnInput {
  readonly runId: string;
  /** Who takes the truck back; open where it is not given. */
  readonly returnDriverId?: string;
  readonly wait: WaitPlan;
}

interface Planned {
  readonly runCase: RunCase;
  /** Undefined where no driver of that id is enrolled. */
  readonly driver: { readonly insideZoneId: string | null } | undefined;
}

/** What the off-going driver does meanwhile, and who takes the truck when it is back. */
export function planReturn({ runCase, driver }: Planned, input: PlanReturnInput, { at }: Now): Decision<RunAnswer> {
  const { run, truck, openVisitId } = runCase;
  const { returnDriverId, wait } = input;
  // The truck is back and waits for its driver: the carrier may still name another one.
  const isWaitedFor = openVisitId !== undefined && run.outOfZoneVisitId === openVisitId;
  if (!isWaitedFor) runAfter(run, 'plan_return');
  if (returnDriverId !== undefined && !driver) {
    throw notFound('DRIVER.NOT_FOUND', `no driver ${returnDriverId} is enrolled`, { driverId: returnDriverId });
  }
  if (driver && driver.insideZoneId !== null) {
    throw conflict(
      'DRIVER.ON_THE_OTHER_SIDE',
      `driver ${returnDriverId} is inside: the truck leaves the zone with an outside driver`,
      {
        driverId: returnDriverId,
      },
    );
  }
  const after = { ...run, returnDriverId: returnDriverId ?? null, wait };
  const { carrierId } = truck;
  return {
    run: after,
    events: [eventOfRun(run, 'run.return_planned', at, { ...given({ returnDriverId }), wait }, { carrierId })],
    answer: runAnswer(after),
  };
}

@Injectable()
export class PlanReturn {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: PlanReturnInput): Promise<RunAnswer> {
    return this.cases.change(
      request,
      (tx) => this.#load(tx, input),
      (planned, now) => planReturn(planned, input, now),
    );
  }

  async #load(tx: Transaction, { runId, returnDriverId }: PlanReturnInput): Promise<Planned> {
    const [runCase, [driver]] = await together<[RunCase, { insideZoneId: string | null }[]]>([
      loadRun(tx, runId),
      tx.rows('SELECT inside_zone_id AS "insideZoneId" FROM station.drivers WHERE driver_id = $1', [
        returnDriverId ?? null,
      ]),
    ]);
    return { runCase, driver };
  }
}
