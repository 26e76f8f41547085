import { Problem } from '@yizhan/kernel';
import { nextSteps } from './next-steps.js';
import type { TruckCase } from './truck-case.js';

/** A step that the table allows but something beside it forbids for now; says what may be done instead. */
export function notNow(
  standing: Pick<TruckCase, 'visit' | 'handoff'>,
  code: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): Problem {
  return new Problem('illegal_state', code, message, { ...details, allowedSteps: nextSteps(standing) });
}

export function invalid(code: string, message: string, details: Readonly<Record<string, unknown>> = {}): Problem {
  return new Problem('invalid', code, message, details);
}

export function conflict(code: string, message: string, details: Readonly<Record<string, unknown>> = {}): Problem {
  return new Problem('conflict', code, message, details);
}

export function notFound(code: string, message: string, details: Readonly<Record<string, unknown>> = {}): Problem {
  return new Problem('not_found', code, message, details);
}
