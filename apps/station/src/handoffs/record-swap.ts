import { Injectable } from '@nestjs/common';
import type { Transaction } from '@yizhan/persistence';
import type { CaseAnswer } from '../cases/next-steps.js';
import { invalid } from '../cases/problems.js';
import type { Decision, Now } from '../cases/truck-case.js';
import { TruckCases } from '../cases/truck-cases.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { completeHandoff, type CompleteHandoffInput } from './complete-handoff.js';
import { type LateStart, loadLateStart, type LoggedStart } from './load-late-start.js';
import type { OnComing } from './load-on-coming.js';
import { reconcile } from './reconcile.js';
import { startHandoff, type StartHandoffInput, withoutCall } from './start-handoff.js';

/** A swap that began while a tablet was offline; with its completion, where the tablet has logged that too. */
export interface RecordSwapInput {
  readonly start: StartHandoffInput;
  readonly completion?: {
    readonly input: CompleteHandoffInput;
    /** Proves what its signatures claim. */
    verify(tx: Transaction): Promise<void>;
    /** When it was completed, epoch milliseconds. */
    readonly at: number;
    /** Gets an answer of its own. */
    readonly request: StationRequest;
  };
}

export interface RecordedSwap {
  readonly started: CaseAnswer;
  readonly completed?: CaseAnswer;
}

/** The swap as it was made, whatever was planned: in one change, so that a plan gives way to a whole swap or not at all. */
export function recordSwap(
  late: LateStart,
  { start, completion }: RecordSwapInput,
  byId: string,
  now: Now,
): Decision<RecordedSwap> {
  const { truckCase, before, after } = reconcile(late, byId, now);
  const onComing: OnComing = {
    stationState: late.pause?.why ?? 'open',
    poolAreaCode: late.driver.areaCode,
    holdsPlate: late.driver.holdsPlate,
    bayIsThere: late.bayIsThere,
    isRecalled: false,
    // A call is a plan: it does not undo a swap.
    calledFor: null,
    consents: late.consents,
  };
  const started = startHandoff(truckCase, onComing, start, now);
  const visit = started.visit ? withoutCall(late.truckCase.visit) : late.truckCase.visit;
  const standing = { ...late.truckCase, visit, handoff: started.handoff };
  const done = completion && completeHandoff(standing, completion.input, { ...now, at: completion.at });
  return {
    ...started,
    ...(started.visit && { visit }),
    ...done,
    ...(before.elsewhere && { elsewhere: before.elsewhere }),
    timers: [...(before.timers ?? []), ...(started.timers ?? []), ...(done?.timers ?? [])],
    exceptions: [...(started.exceptions ?? []), ...(done?.exceptions ?? []), ...(after.exceptions ?? [])],
    events: [...before.events, ...started.events, ...(done?.events ?? []), ...after.events],
    answer: { started: started.answer, ...(done && { completed: done.answer }) },
  };
}

@Injectable()
export class RecordSwap {
  constructor(
    private readonly changes: Changes,
    private readonly cases: TruckCases,
  ) {}

  /** `request` is that of the start, made late. */
  execute(request: StationRequest, input: RecordSwapInput): Promise<CaseAnswer> {
    const { start, completion } = input;
    const { handoffId, driverId, bayCode } = start;
    if (driverId === undefined) {
      throw invalid('HANDOFF.WHO_TOOK_OVER', 'what was logged offline says who took over', { field: 'driverId' });
    }
    const logged: LoggedStart = { handoffId, driverId, bayCode, ...(completion && { endedAt: completion.at }) };
    return this.changes.once(request, async (change) => {
      const { events, answer } = await this.cases.within(
        change,
        async (tx, now) => {
          const late = await loadLateStart(tx, now, this.cases, logged);
          await completion?.verify(tx);
          return [late.truckCase, late] as const;
        },
        ([, late], now) => recordSwap(late, input, request.caller, now),
      );
      const alongside =
        completion && answer.completed ? [{ request: completion.request, answer: answer.completed }] : [];
      return { events, answer: answer.started, alongside };
    });
  }
}
