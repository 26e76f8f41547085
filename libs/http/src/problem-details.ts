import type { Problem, ProblemKind } from '@yizhan/kernel';

/** RFC 9457, with our stable `code` and the id of the request in the logs; a problem's details stand beside them. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  /** Path that was asked for; empty where it could not be read. */
  readonly instance: string;
  readonly requestId: string;
  readonly [detail: string]: unknown;
}

const kinds: Readonly<Record<ProblemKind, readonly [status: number, title: string]>> = {
  invalid: [400, 'The request is not valid'],
  not_found: [404, 'There is no such thing'],
  conflict: [409, 'It conflicts with what is so'],
  illegal_state: [409, 'This step is not open now'],
  forbidden: [403, 'You may not do this'],
  unavailable: [503, 'Not available now'],
};

/** Codes whose status says more than that of their kind. */
const statusByCode: Readonly<Record<string, number>> = {
  'REQUEST.KEY_REUSED': 422,
  'REQUEST.NO_SUCH_ROUTE': 404,
  'REQUEST.TOO_SLOW': 408,
  'REQUEST.TOO_LARGE': 413,
  'REQUEST.ADDRESS_TOO_LONG': 414,
  'REQUEST.MEDIA_TYPE': 415,
  'REQUEST.TOO_MANY': 429,
  'REQUEST.HEAD_TOO_LONG': 431,
  'PERSONAL_DATA.ERASED': 410,
  'GATEWAY.CUT_OFF': 502,
  'GATEWAY.NO_ANSWER': 504,
  'IDENTITY.NO_TOKEN': 401,
  'IDENTITY.TOKEN_REFUSED': 401,
  'IDENTITY.SIGN_IN_REFUSED': 401,
  'IDENTITY.SESSION_ENDED': 401,
};

/** HTTP status of a problem: its kind's, unless its code has one of its own. */
export function statusOfProblem({ kind, code }: Pick<Problem, 'kind' | 'code'>): number {
  return statusByCode[code] ?? kinds[kind][0];
}

/** The document that is sent for a problem. Details never hide the standard members. */
export function problemDetails(problem: Problem, instance: string, requestId: string): ProblemDetails {
  return {
    ...problem.details,
    ...document(problem.code, kinds[problem.kind][1], statusOfProblem(problem), problem.message),
    instance,
    requestId,
  };
}

/** The document for what nobody foresaw: it tells the id to look for in the logs, and nothing else. */
export function faultDetails(instance: string, requestId: string): ProblemDetails {
  const detail = `something went wrong on our side; give the request id ${requestId} to whoever runs this`;
  return { ...document('SERVER.FAULT', 'Our fault', 500, detail), instance, requestId };
}

function document(code: string, title: string, status: number, detail: string) {
  return { type: `https://yizhan.dev/problems/${code}`, title, status, detail, code };
}
