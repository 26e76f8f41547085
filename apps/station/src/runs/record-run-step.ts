import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { notFound } from '../cases/problems.js';
import { together } from '../changes/together.js';
import { type Decision, eventOfRun, type Now } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import type { StationRequest } from '../changes/changes.js';
import { loadRun, type RunCase } from './load-run.js';
import { runAfter } from './run.js';
import { type RunAnswer, runAnswer } from './run-answer.js';

export const runSteps = ['reached', 'unloaded', 'loaded', 'left'] as const;

export interface RecordRunStepInput {
  readonly runId: string;
  readonly step: (typeof runSteps)[number];
  readonly enterpriseId: string;
}

interface Beyond {
  readonly runCase: RunCase;
  readonly enterpriseIsKnown: boolean;
}

/** What happens at an enterprise in the zone. */
export function recordRunStep(
  { runCase, enterpriseIsKnown }: Beyond,
  input: RecordRunStepInput,
  { at }: Now,
): Decision<RunAnswer> {
  const { run, truck } = runCase;
  const { enterpriseId, step } = input;
  runAfter(run, 'record_step');
  if (!enterpriseIsKnown)
    throw notFound('ENTERPRISE.NOT_FOUND', `there is no enterprise ${enterpriseId}`, { enterpriseId });
  const { carrierId } = truck;
  // Whoever unloads or loads a truck opens it: the next seal that is seen is the recorded one.
  const isOpened = (step === 'unloaded' || step === 'loaded') && truck.sealNumber !== null;
  return {
    ...(isOpened && { truck: { ...truck, sealNumber: null } }),
    events: [eventOfRun(run, `run.${step}`, at, { enterpriseId, at: toIso(at) }, { carrierId })],
    answer: runAnswer(run),
  };
}

@Injectable()
export class RecordRunStep {
  constructor(private readonly cases: TruckCases) {}

  execute(request: StationRequest, input: RecordRunStepInput): Promise<RunAnswer> {
    return this.cases.change(
      request,
      (tx) => this.#load(tx, input),
      (beyond, now) => recordRunStep(beyond, input, now),
    );
  }

  async #load(tx: Transaction, { runId, enterpriseId }: RecordRunStepInput): Promise<Beyond> {
    const [runCase, enterprises] = await together<[RunCase, object[]]>([
      loadRun(tx, runId),
      tx.rows('SELECT 1 FROM station.enterprises WHERE enterprise_id = $1', [enterpriseId]),
    ]);
    return { runCase, enterpriseIsKnown: enterprises.length > 0 };
  }
}
