import { type NewEvent, newEvent } from '@yizhan/event-log';
import type { EventData } from '@yizhan/contracts';
import { toIso } from '@yizhan/kernel';
import { type ExceptionCode, type ExceptionRole, exceptionRoles, type ExceptionStep } from '@yizhan/policy';
import { given } from '../cases/given.js';
import type { Now, TimerChange } from '../cases/truck-case.js';
import { type TransitionTable, takeStep } from '../cases/transition-table.js';

/** What an exception is about: one writer for each prefix. */
export type ExceptionTopic = `${'visit' | 'run' | 'station' | 'driver'}/${string}`;

export type ExceptionState = 'open' | 'resolved';
export type ExceptionDeed = 'acknowledge' | 'assign' | 'note' | 'escalate' | 'resolve';

/** What has left the normal path: whose it is, and by when. Instants are epoch milliseconds. */
export interface Exception {
  readonly exceptionId: string;
  readonly areaCode: string;
  readonly subject: ExceptionTopic;
  readonly visitId: string | null;
  readonly runId: string | null;
  readonly driverId: string | null;
  readonly carrierId: string | null;
  readonly code: ExceptionCode;
  readonly openedAt: number;
  /** Who acts, one after the other, and within what time: as the policy said when it was opened. */
  readonly steps: readonly ExceptionStep[];
  readonly state: ExceptionState;
  /** Where it is dealt with; null where only the area can. */
  readonly stationCode: string | null;
  /** The station, or the area where it is the command centre's. */
  readonly owner: string;
  /** Index into the roles: 0 an operator, 1 the shift lead, 2 the command centre. */
  readonly level: number;
  /** Null where nobody has to act. */
  readonly dueAt: number | null;
  /** Who of the owner has to act, where it is a certain one. */
  readonly personId: string | null;
  /** Set anew at each level. */
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  readonly resolvedAt: number | null;
  readonly resolvedBy: string | null;
  readonly resolution: string | null;
  readonly version: number;
}

/** What an exception may do next. */
export const exceptionTable: TransitionTable<ExceptionState, ExceptionDeed> = {
  open: {
    means:
      'Something has left the normal path, and somebody has to act until a time; then it is the next one’s. Opened by what happens or by a timer.',
    steps: { acknowledge: 'open', assign: 'open', note: 'open', escalate: 'open', resolve: 'resolved' },
  },
  resolved: { means: 'Its cause is gone, or a person has ended it with a code. Final.', steps: {} },
};

/** Where a step leads. @throws Problem `illegal_state` with the allowed steps. */
export function exceptionAfter({ state }: Pick<Exception, 'state'>, deed: ExceptionDeed): ExceptionState {
  return takeStep('exception', exceptionTable, state, deed);
}

/** What a person may do with it: timers escalate, and a level is acknowledged once. */
export function deedsOf({ state, acknowledgedAt }: Pick<Exception, 'state' | 'acknowledgedAt'>): ExceptionDeed[] {
  const deeds = Object.keys(exceptionTable[state].steps) as ExceptionDeed[];
  return deeds.filter((deed) => deed !== 'escalate' && (deed !== 'acknowledge' || acknowledgedAt === null));
}

export function roleOf({ level }: Pick<Exception, 'level'>): ExceptionRole {
  return exceptionRoles[level] ?? 'command_centre';
}

type Owned = Pick<Exception, 'stationCode' | 'owner' | 'level' | 'dueAt'>;

/** Whose it is at a step. What no station can deal with is the area's from the beginning. */
export function ownedAt(
  { areaCode, stationCode, steps }: Pick<Exception, 'areaCode' | 'stationCode' | 'steps'>,
  level: number,
  at: number,
): Owned {
  const within = steps.find(({ role }) => exceptionRoles.indexOf(role) === level)?.withinSeconds;
  const isOfStation = level < exceptionRoles.indexOf('command_centre') && stationCode !== null;
  return {
    stationCode,
    owner: isOfStation ? stationCode : areaCode,
    level,
    dueAt: within === undefined ? null : at + within * 1000,
  };
}

/** The level of the first step; an operator's where nobody has to act. */
export function firstLevel(steps: readonly ExceptionStep[], stationCode: string | null): number {
  const levels = steps.map(({ role }) => exceptionRoles.indexOf(role));
  return (stationCode === null ? levels.at(-1) : levels[0]) ?? 0;
}

/** The next level to escalate to; undefined at the last one. */
export function nextLevel({ steps, level }: Pick<Exception, 'steps' | 'level'>): number | undefined {
  return steps.map(({ role }) => exceptionRoles.indexOf(role)).find((other) => other > level);
}

/** The clock of an exception: a row as long as there is somebody to escalate to. */
export function clockOf(exception: Exception): TimerChange {
  const { exceptionId, state, dueAt } = exception;
  const isRunning = state === 'open' && nextLevel(exception) !== undefined;
  return { kind: 'exception_due', ref: exceptionId, dueAt: isRunning ? dueAt : null };
}

type ExceptionEvent =
  | 'exception.opened'
  | 'exception.escalated'
  | 'exception.acknowledged'
  | 'exception.assigned'
  | 'exception.noted'
  | 'exception.resolved';
type Common = 'exceptionId' | 'code' | 'owner' | 'dueAt' | 'level' | 'stationCode';

/** States an event of an exception as it stands. */
export function eventOfException<N extends ExceptionEvent>(
  exception: Pick<
    Exception,
    'exceptionId' | 'areaCode' | 'subject' | 'code' | 'owner' | 'level' | 'stationCode' | 'dueAt'
  > &
    Partial<Pick<Exception, 'visitId' | 'runId' | 'carrierId'>>,
  name: N,
  at: number,
  data: Omit<EventData[N], Common>,
): NewEvent {
  const { exceptionId, areaCode, subject, code, owner, level, stationCode, dueAt } = exception;
  const { visitId, runId, carrierId } = exception;
  return newEvent({
    name,
    subject,
    areaCode,
    time: at,
    ...given({ correlationId: visitId ?? runId, carrierId }),
    data: {
      exceptionId,
      code,
      owner,
      level,
      ...given({ stationCode, dueAt: dueAt === null ? null : toIso(dueAt) }),
      ...data,
    } as unknown as EventData[N],
  });
}

/** What is to be of an exception, and what it brings with it. */
export interface ExceptionDecision {
  readonly exception: Exception;
  readonly events: readonly NewEvent[];
}

/** Nobody has dealt with it in time: it is the next one's. Undefined where it is over, or there is no next one. */
export function escalate(exception: Exception, { at }: Now): ExceptionDecision | undefined {
  const level = nextLevel(exception);
  if (exception.state !== 'open' || level === undefined) return undefined;
  const escalated: Exception = {
    ...exception,
    ...ownedAt(exception, level, at),
    personId: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
  };
  return { exception: escalated, events: [eventOfException(escalated, 'exception.escalated', at, {})] };
}
