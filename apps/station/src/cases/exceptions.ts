import { type NewEvent, newEvent } from '@yizhan/event-log';
import { given } from './given.js';

/** Ways to leave the normal path. */
export type ExceptionCode =
  'run_overdue' | 'seal_mismatch' | 'check_failed' | 'no_show' | 'custody_parked' | 'shift_over_in_zone';

/** What an exception is about: a visit, or a run. */
export interface ExceptionSubject {
  readonly subject: `visit/${string}` | `run/${string}`;
  readonly areaCode: string;
  /** Station that has to act. */
  readonly owner: string;
  readonly visitId: string | null;
  readonly runId: string | null;
  readonly carrierId: string | null;
}

export interface OpenException {
  readonly exceptionId: string;
  readonly code: ExceptionCode;
  readonly subject: string;
  readonly owner: string;
}

export type ExceptionChange =
  | (ExceptionSubject & {
      readonly exceptionId: string;
      readonly code: ExceptionCode;
      readonly openedAt: number;
    })
  | { readonly exceptionId: string; readonly resolvedAt: number; readonly resolution: string };

/** Rows and events that belong together. */
export interface ExceptionSteps {
  readonly exceptions: readonly ExceptionChange[];
  readonly events: readonly NewEvent[];
}

/** Opens an exception; nothing where the same one is open already. */
export function raise(
  about: ExceptionSubject,
  open: readonly OpenException[],
  code: ExceptionCode,
  now: { readonly at: number; newId(what: string): string },
): ExceptionSteps {
  if (open.some((other) => other.code === code && other.subject === about.subject))
    return { exceptions: [], events: [] };
  const exceptionId = now.newId(`exception/${code}`);
  const { visitId, runId, owner } = about;
  return {
    exceptions: [{ ...about, exceptionId, code, openedAt: now.at }],
    events: [
      newEvent({
        ...placeInLog(about),
        name: 'exception.opened',
        time: now.at,
        data: { exceptionId, code, owner, ...given({ visitId, runId }) },
      }),
    ],
  };
}

/** Resolves those of the open exceptions that `which` names. */
export function settle(
  about: ExceptionSubject,
  open: readonly OpenException[],
  which: (exception: OpenException) => boolean,
  resolution: string,
  at: number,
): ExceptionSteps {
  const settled = open.filter((exception) => exception.subject === about.subject && which(exception));
  return {
    exceptions: settled.map(({ exceptionId }) => ({ exceptionId, resolvedAt: at, resolution })),
    events: settled.map(({ exceptionId, code, owner }) =>
      newEvent({
        ...placeInLog(about),
        name: 'exception.resolved',
        time: at,
        data: { exceptionId, code, owner, resolution },
      }),
    ),
  };
}

function placeInLog(about: ExceptionSubject) {
  const { subject, areaCode, visitId, runId, carrierId } = about;
  return { subject, areaCode, correlationId: visitId ?? runId ?? undefined, ...given({ carrierId }) };
}
