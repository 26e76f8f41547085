import type { NewEvent } from '@yizhan/event-log';
import { type ExceptionCode, exceptionRule, type PolicyRules } from '@yizhan/policy';
import { given } from '../cases/given.js';
import { eventOfException, type Exception, type ExceptionTopic, firstLevel, ownedAt } from './exception.js';

export type { ExceptionCode } from '@yizhan/policy';

/** What an exception is about. */
export interface ExceptionSubject {
  readonly subject: ExceptionTopic;
  readonly areaCode: string;
  /** Where it is dealt with; null where only the area can. */
  readonly stationCode: string | null;
  readonly visitId: string | null;
  readonly runId: string | null;
  readonly driverId?: string;
  readonly carrierId: string | null;
}

export interface OpenException {
  readonly exceptionId: string;
  readonly code: ExceptionCode;
  readonly subject: string;
  readonly owner: string;
  readonly level: number;
  readonly stationCode: string | null;
}

/** One that begins, whole; or one that ends. */
export type ExceptionChange =
  | { readonly opened: Exception }
  | { readonly exceptionId: string; readonly resolvedAt: number; readonly resolution: string };

/** Rows and events that belong together. */
export interface ExceptionSteps {
  readonly exceptions: readonly ExceptionChange[];
  readonly events: readonly NewEvent[];
}

export const noExceptions: ExceptionSteps = { exceptions: [], events: [] };

/** Opens an exception under the rules of the policy in force; nothing where the same one is open already. */
export function raise(
  about: ExceptionSubject,
  open: readonly Pick<OpenException, 'code' | 'subject'>[],
  code: ExceptionCode,
  now: { readonly at: number; newId(what: string): string },
  rules?: Pick<PolicyRules, 'exceptions'>,
): ExceptionSteps {
  if (open.some((other) => other.code === code && other.subject === about.subject)) return noExceptions;
  const exception = newException(about, code, now, rules);
  const { visitId, runId, driverId } = about;
  const opened = eventOfException(exception, 'exception.opened', now.at, given({ visitId, runId, driverId }));
  return { exceptions: [{ opened: exception }], events: [opened] };
}

/** Opens one that ends as it begins: it is kept for the figures. */
export function record(
  about: ExceptionSubject,
  code: ExceptionCode,
  now: { readonly at: number; newId(what: string): string },
  rules?: Pick<PolicyRules, 'exceptions'>,
): ExceptionSteps {
  const raised = raise(about, [], code, now, rules);
  const [opened] = raised.exceptions.flatMap((change) => ('opened' in change ? [change.opened] : []));
  const settled = settle(about, opened ? [opened] : [], () => true, code, now.at);
  return {
    exceptions: [...raised.exceptions, ...settled.exceptions],
    events: [...raised.events, ...settled.events],
  };
}

/** Resolves those of the open exceptions that `which` names: their cause is gone. */
export function settle(
  about: Pick<ExceptionSubject, 'subject' | 'areaCode' | 'visitId' | 'runId' | 'carrierId'>,
  open: readonly OpenException[],
  which: (exception: OpenException) => boolean,
  resolution: string,
  at: number,
): ExceptionSteps {
  const settled = open.filter((exception) => exception.subject === about.subject && which(exception));
  return {
    exceptions: settled.map(({ exceptionId }) => ({ exceptionId, resolvedAt: at, resolution })),
    events: settled.map((exception) =>
      eventOfException({ ...about, ...exception, subject: about.subject, dueAt: null }, 'exception.resolved', at, {
        resolution,
      }),
    ),
  };
}

function newException(
  about: ExceptionSubject,
  code: ExceptionCode,
  { at, newId }: { readonly at: number; newId(what: string): string },
  rules: Pick<PolicyRules, 'exceptions'> | undefined,
): Exception {
  const { subject, areaCode, stationCode, visitId, runId, driverId, carrierId } = about;
  const { steps } = exceptionRule(rules, code);
  // Of one driver there may be one at each station.
  const what = driverId === undefined ? code : `${code}/${stationCode ?? areaCode}`;
  return {
    exceptionId: newId(`exception/${what}`),
    areaCode,
    subject,
    visitId,
    runId,
    driverId: driverId ?? null,
    carrierId,
    code,
    openedAt: at,
    steps,
    state: 'open',
    ...ownedAt({ areaCode, stationCode, steps }, firstLevel(steps, stationCode), at),
    personId: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: null,
    resolvedBy: null,
    resolution: null,
    version: 0,
  };
}
