import { Problem, toIso } from '@yizhan/kernel';
import type { ConsignmentFacts, DepartureOutcome, Flow } from '@yizhan/contracts';
import type { CargoHold } from '../cargo/cargo-hold.js';
import { type TransitionTable, takeStep } from '../cases/transition-table.js';
import { type Handoff, isInBay } from '../handoffs/handoff.js';

export type VisitStep =
  | 'queue'
  | 'call'
  | 'end_call'
  | 'arrive'
  | 'retract_arrival'
  | 'retract_announced_arrival'
  | 'cancel'
  | 'check'
  | 'hold_cargo'
  | 'lift_hold'
  | 'release_cargo'
  | 'depart';

/** What a check or a hold says of a truck and its cargo, and when. */
export interface Verdict {
  readonly at: number;
  readonly outcome: 'passed' | 'failed' | 'held';
}

/** When a hold stood that a passed check did not end. */
export interface LiftedHold {
  readonly heldAt: number;
  readonly liftedAt: number;
}

interface VisitFacts {
  readonly visitId: string;
  readonly areaCode: string;
  readonly stationCode: string;
  readonly zoneId: string;
  readonly plate: string;
  readonly flow: Flow;
  readonly carrierId: string | null;
  readonly priority: number;
  readonly dueAt: number | null;
  readonly expectedAt: number | null;
  readonly consignments: readonly ConsignmentFacts[];
  /** The run that this visit ends or that is open while it lasts; from the departure on, the one that it began. */
  readonly runId: string | null;
  readonly ticketNo: string | null;
  readonly queue: 'outside' | 'inside' | null;
  readonly queuedAt: number | null;
  readonly calledAt: number | null;
  readonly calledBayCode: string | null;
  /** Outcome of the last check; null before the first, after a hold, and after a handoff was aborted. */
  readonly checked: boolean | null;
  readonly held: boolean;
  /** In the order in which they were put on. */
  readonly holds: readonly CargoHold[];
  /** Those that somebody has lifted by hand. */
  readonly liftedHolds?: readonly LiftedHold[] | null;
  /** Those of all holds. */
  readonly holdReasons: readonly string[];
  /** What checks and holds have said, in the order of the log. */
  readonly verdicts: readonly Verdict[];
  readonly releasedAt: number | null;
  /** Stations for which it was announced before it was moved. */
  readonly movedFrom?: readonly string[] | null;
  /** The driver who came in through the gate with the truck. */
  readonly broughtBy?: string | null;
  readonly version: number;
}

export interface NotArrived {
  readonly state: 'announced' | 'cancelled' | 'retracted';
  readonly arrivedAt: null;
  readonly departedAt: null;
  readonly outcome: null;
}

export interface Arrived {
  readonly state: 'arrived';
  readonly arrivedAt: number;
  readonly departedAt: null;
  readonly outcome: null;
}

export interface Departed {
  readonly state: 'departed';
  readonly arrivedAt: number;
  readonly departedAt: number;
  readonly outcome: DepartureOutcome;
}

/** One stay of one truck at one station. Instants are epoch milliseconds. */
export type Visit = VisitFacts & (NotArrived | Arrived | Departed);
export type ArrivedVisit = VisitFacts & Arrived;
export type VisitState = Visit['state'];

/** What a visit may do next. What else must hold for a step stands with the step. */
export const visitTable: TransitionTable<VisitState, VisitStep> = {
  announced: {
    means:
      'The carrier has said that the truck will come; it may wait outside and be called. Nobody answers for it to us yet.',
    steps: { queue: 'announced', call: 'announced', end_call: 'announced', arrive: 'arrived', cancel: 'cancelled' },
  },
  arrived: {
    means:
      'The truck is inside the gate: it is checked, its driver is swapped, its cargo released. Set by the operator at the gate.',
    steps: {
      queue: 'arrived',
      call: 'arrived',
      end_call: 'arrived',
      check: 'arrived',
      hold_cargo: 'arrived',
      lift_hold: 'arrived',
      release_cargo: 'arrived',
      depart: 'departed',
      retract_arrival: 'retracted',
      retract_announced_arrival: 'announced',
    },
  },
  departed: { means: 'The truck has left through the gate, swapped or not. Final.', steps: {} },
  cancelled: { means: 'The announced truck did not come. Final.', steps: {} },
  retracted: {
    means: 'The arrival was typed for the wrong truck and taken back before anything depended on it. Final.',
    steps: {},
  },
};

const keptVerdicts = 32;

/** The visit with one more verdict. @throws Problem `conflict` where a later one is recorded already. */
export function judged<V extends Visit>(visit: V, outcome: Verdict['outcome'], at: number): V {
  const last = visit.verdicts.at(-1);
  if (last && at < last.at) {
    const message = 'the truck was checked, or its cargo held, after this instant: check it again';
    throw new Problem('conflict', 'VISIT.BEFORE_THE_LAST_CHECK', message, { lastCheckAt: toIso(last.at) });
  }
  return { ...visit, verdicts: [...visit.verdicts.slice(1 - keptVerdicts), { at, outcome }] };
}

/** The visit as its checks and holds had it at an instant: what was said of it later had not been said yet. */
export function asJudgedAt(visit: Visit, at: number): Visit {
  const wasHeld = visit.liftedHolds?.some(({ heldAt, liftedAt }) => heldAt <= at && at < liftedAt) ?? false;
  if (!wasHeld && visit.verdicts.every((verdict) => verdict.at <= at)) return visit;
  const outcome = visit.verdicts.findLast((verdict) => verdict.at <= at)?.outcome;
  const held = wasHeld || outcome === 'held' || visit.holds.some(({ heldAt }) => heldAt <= at);
  return { ...visit, held, checked: outcome === 'passed' ? true : outcome === 'failed' ? false : null };
}

/** A visit with the newest of its handoffs: what its next steps depend on. */
export interface Standing {
  readonly visit: Visit;
  readonly handoff: Handoff | undefined;
}

/** Conditions beside the table: a step that is not listed has none. */
export const visitConditions: Partial<Record<VisitStep, (standing: Standing) => boolean>> = {
  lift_hold: ({ visit }) => visit.holds.length > 0,
  release_cargo: isReleasable,
  depart: ({ visit, handoff }) => !isInBay(handoff) || visit.releasedAt !== null,
  queue: ({ visit, handoff }) => !isInQueue(visit) && !isInBay(handoff),
  call: ({ handoff }) => !isInBay(handoff),
  end_call: ({ visit, handoff }) => isCalled(visit) && !isInBay(handoff),
  retract_arrival: (standing) => hasJustArrived(standing) && !wasAnnounced(standing.visit),
  retract_announced_arrival: (standing) => hasJustArrived(standing) && wasAnnounced(standing.visit),
};

/** Before it arrived, somebody had said when it would. */
export function wasAnnounced({ expectedAt }: Visit): boolean {
  return expectedAt !== null;
}

/** Nothing was checked, held, queued, called or requested since the arrival. */
export function hasJustArrived({ visit, handoff }: Standing): boolean {
  const { checked, held, queue, calledAt, arrivedAt } = visit;
  return (
    handoff === undefined && checked === null && !held && queue !== 'inside' && (calledAt ?? 0) <= (arrivedAt ?? 0)
  );
}

/** Cargo goes only after a completed handoff with the last check passed and no hold since. */
export function isReleasable({ visit, handoff }: Standing): boolean {
  return handoff?.state === 'completed' && visit.checked === true && !visit.held && visit.releasedAt === null;
}

/** Whether the truck waits in the queue in which it can be now, and has not been called. */
export function isInQueue(visit: Visit): boolean {
  return visit.queue === (visit.state === 'arrived' ? 'inside' : 'outside') && visit.calledAt === null;
}

/** Whether a call stands: one from outside is answered by the arrival, one to a bay by the start. */
export function isCalled({ calledAt, arrivedAt }: Visit): boolean {
  return calledAt !== null && (arrivedAt === null || calledAt > arrivedAt);
}

/** Where a step leads. @throws Problem `illegal_state` with the allowed steps. */
export function visitAfter(visit: Visit, step: VisitStep): VisitState {
  return takeStep('visit', visitTable, visit.state, step);
}

/** The visit of a truck that is at the station. @throws Problem `illegal_state` where the step needs it and it is not. */
export function arrivedFor(visit: Visit, step: VisitStep): ArrivedVisit {
  visitAfter(visit, step);
  if (visit.state !== 'arrived') takeStep('visit', visitTable, visit.state, 'check');
  return visit as ArrivedVisit;
}
