import { Problem } from '@yizhan/kernel';
import type { Standing } from '../visits/visit.js';
import { nextSteps } from './next-steps.js';

/** A step that the table allows but something beside it forbids for now; says what may be done instead. */
export function notNow(
  standing: Standing,
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
