import type { CaseOutcome } from '@yizhan/contracts';
import { Problem, unreachable } from '@yizhan/kernel';
import type { AlertLevel } from '../alerts/alert-rule.js';

export const caseStates = ['open', 'accepted', 'closed'] as const;
export type CaseState = (typeof caseStates)[number];

export const caseCauses = ['alert', 'exception'] as const;
export type CaseCause = (typeof caseCauses)[number];

export const caseOutcomes = [
  'solved',
  'cause_gone',
  'workaround',
  'passed_on',
  'not_solved',
  'opened_in_error',
] as const satisfies readonly CaseOutcome[];

/** What a person may do about a case. */
export const caseSteps = ['accept', 'hand_over', 'move_due', 'note', 'close'] as const;
export type CaseStepName = (typeof caseSteps)[number];

/** The whole life of a case: what each state means, and which step leads where. */
export const caseTable: Readonly<
  Record<CaseState, { readonly means: string; readonly steps: Readonly<Partial<Record<CaseStepName, CaseState>>> }>
> = {
  open: {
    means: 'An area has to act, and nobody of it has said yet that he does. Set by a command centre.',
    steps: { accept: 'accepted', hand_over: 'open', move_due: 'open', note: 'open', close: 'closed' },
  },
  accepted: {
    means: 'Somebody of the area is at it. Set by himself.',
    steps: { hand_over: 'open', move_due: 'accepted', note: 'accepted', close: 'closed' },
  },
  closed: { means: 'It has come out, one way or another. Set by the area that had to act. Final.', steps: {} },
};

/** How somebody stands to a case: of the area that has to act, of the one that it is about, of its station, or of none. */
export type CaseParty = 'owner' | 'origin' | 'station' | 'nobody';

const stepsOfParty: Readonly<Record<CaseParty, readonly CaseStepName[]>> = {
  owner: caseSteps,
  // Whose trouble it is may take it back, or give it to somebody else: it ends with who has to act.
  origin: ['hand_over', 'note'],
  station: ['note'],
  nobody: [],
};

/** A case as it stands. Instants are epoch milliseconds. */
export interface Case {
  readonly caseId: string;
  /** The area whose alert or exception it is about. */
  readonly areaCode: string;
  readonly ownerAreaCode: string;
  readonly ownerId: string | null;
  readonly acceptedAt: number | null;
  readonly cause: CaseCause;
  /** Of each one case is open at most: `alert/<key>`, `exception/<id>`. */
  readonly causeKey: string;
  readonly causeId: string;
  /** The rule of an alert, the code of an exception. */
  readonly code: string;
  /** The licence that an alert is about; else empty. */
  readonly label: string;
  /** Empty for what is of the whole area. */
  readonly stationCode: string;
  readonly openedAt: number;
  readonly openedBy: string;
  readonly dueAt: number;
  readonly overdueAt: number | null;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
  readonly outcome: CaseOutcome | null;
  /** How many entries its log has. */
  readonly version: number;
}

/** What somebody asks for. */
export type CaseStep =
  | { readonly name: 'accept' }
  | { readonly name: 'hand_over'; readonly toAreaCode: string; readonly toId?: string; readonly dueAt?: number }
  | { readonly name: 'move_due'; readonly dueAt: number }
  | { readonly name: 'note' }
  | { readonly name: 'close'; readonly outcome: CaseOutcome };

const minute = 60_000;

/** How long a case may take, milliseconds, where whoever opens it does not say. */
export const usualTime: Readonly<Record<AlertLevel | 'exception', number>> = {
  critical: 2 * 60 * minute,
  warn: 8 * 60 * minute,
  exception: 4 * 60 * minute,
};

export const stateOf = ({ closedAt, acceptedAt }: Case): CaseState =>
  closedAt !== null ? 'closed' : acceptedAt === null ? 'open' : 'accepted';

/** What may be done next by somebody who stands so to it. */
export const stepsOf = (each: Case, party: CaseParty): CaseStepName[] =>
  caseSteps.filter((step) => step in caseTable[stateOf(each)].steps && stepsOfParty[party].includes(step));

/**
 * A case after a step; the same one where the step asks for what is so already.
 * @throws Problem `CASE.CLOSED`, `CASE.ALREADY_ACCEPTED`, `CASE.ALREADY_THERE`, `CASE.DUE_IN_THE_PAST`.
 */
export function caseAfter(before: Case, step: CaseStep, byId: string, at: number): Case {
  if (before.closedAt !== null) {
    throw illegal('CLOSED', `${String(before.closedBy)} has closed the case: ${String(before.outcome)}`);
  }
  const after = { ...before, version: before.version + 1 };
  switch (step.name) {
    case 'accept':
      if (before.acceptedAt === null) return { ...after, ownerId: byId, acceptedAt: at };
      if (before.ownerId === byId) return before;
      throw illegal('ALREADY_ACCEPTED', `${String(before.ownerId)} has accepted it already`);
    case 'hand_over': {
      const { toAreaCode, toId = null } = step;
      if (toAreaCode === before.ownerAreaCode && toId === before.ownerId) {
        throw illegal('ALREADY_THERE', 'it is theirs already');
      }
      // Passing it on gains no time, unless whoever does it says so.
      const due = step.dueAt === undefined ? {} : dueAt(step.dueAt, at);
      return { ...after, ...due, ownerAreaCode: toAreaCode, ownerId: toId, acceptedAt: null };
    }
    case 'move_due':
      return { ...after, ...dueAt(step.dueAt, at) };
    case 'note':
      return after;
    case 'close':
      return { ...after, closedAt: at, closedBy: byId, outcome: step.outcome };
    default:
      return unreachable(step);
  }
}

/** When it is due from now on; it is not overdue until then. @throws Problem `CASE.DUE_IN_THE_PAST`. */
export function dueAt(instant: number, now: number): Pick<Case, 'dueAt' | 'overdueAt'> {
  if (instant > now) return { dueAt: instant, overdueAt: null };
  throw new Problem('invalid', 'CASE.DUE_IN_THE_PAST', 'a case is due at an instant to come', { field: 'dueAt' });
}

/** Every area that is told of a step. */
export const areasOf = (before: Case, after: Case): string[] => [
  ...new Set([after.areaCode, before.ownerAreaCode, after.ownerAreaCode]),
];

const illegal = (code: string, message: string): Problem => new Problem('illegal_state', `CASE.${code}`, message);
