import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import type { PolicyRules } from '@yizhan/policy';
import { aboutRun } from '../cases/about.js';
import { raise } from '../exceptions/raising.js';
import { type Decision, eventOfRun, type Now } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { Change, Outcome } from '../changes/changes.js';
import { loadRun, type RunCase } from './load-run.js';
import { runAfter } from './run.js';

/** The truck should have been back: an exception until its run ends. Nothing where it is back, or was overdue before. */
export function becomeOverdue(
  { run, truck, exceptions, stationCode }: RunCase,
  rules: PolicyRules | undefined,
  now: Now,
): Decision<boolean> {
  const timers = [{ kind: 'run_overdue' as const, ref: run.runId, dueAt: null }];
  const { dueBackAt, plate } = run;
  if (run.state === 'closed' || run.overdueAt !== null || dueBackAt === null)
    return { timers, events: [], answer: false };
  runAfter(run, 'become_overdue');
  const { carrierId, custodian } = truck;
  const driverId = custodian?.kind === 'driver' ? custodian.id : run.driverId;
  const raised = raise(aboutRun(run, carrierId, stationCode), exceptions, 'run_overdue', now, rules);
  const overdue = eventOfRun(
    run,
    'run.overdue',
    now.at,
    { plate, driverId, dueBackAt: toIso(dueBackAt) },
    { carrierId },
  );
  return {
    run: { ...run, overdueAt: now.at },
    timers,
    exceptions: raised.exceptions,
    events: [overdue, ...raised.events],
    answer: true,
  };
}

@Injectable()
export class BecomeOverdue {
  constructor(private readonly cases: TruckCases) {}

  /** What the timer `run_overdue` does. */
  fire(change: Change, runId: string): Promise<Outcome<boolean>> {
    return this.cases.within(
      change,
      (tx) => this.#load(tx, runId),
      ([runCase, rules], now) => becomeOverdue(runCase, rules, now),
    );
  }

  async #load(tx: Transaction, runId: string): Promise<readonly [RunCase, PolicyRules | undefined]> {
    const runCase = await loadRun(tx, runId);
    const { run, policy } = runCase;
    return [runCase, policy && (await this.cases.policies.rules(tx, run.areaCode, policy))];
  }
}
