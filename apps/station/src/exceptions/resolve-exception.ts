import { Injectable } from '@nestjs/common';
import type { Now } from '../cases/truck-case.js';
import type { StationRequest } from '../changes/changes.js';
import { ChangeException, type ExceptionAnswer } from './change-exception.js';
import { eventOfException, type Exception, exceptionAfter, type ExceptionDecision } from './exception.js';

export interface ResolveExceptionInput {
  readonly exceptionId: string;
  readonly byId: string;
  /** How it ended: a code, never free text. */
  readonly resolution: string;
}

/** A person ends it, whether its cause is gone or not: he says how. It is not opened again for the same cause. */
export function resolveException(
  exception: Exception,
  { byId, resolution }: Omit<ResolveExceptionInput, 'exceptionId'>,
  { at }: Now,
): ExceptionDecision {
  const resolved: Exception = {
    ...exception,
    state: exceptionAfter(exception, 'resolve'),
    dueAt: null,
    resolvedAt: at,
    resolvedBy: byId,
    resolution,
  };
  return {
    exception: resolved,
    events: [eventOfException(resolved, 'exception.resolved', at, { byId, resolution })],
  };
}

@Injectable()
export class ResolveException {
  constructor(private readonly exceptions: ChangeException) {}

  execute(request: StationRequest, input: ResolveExceptionInput): Promise<ExceptionAnswer> {
    return this.exceptions.byRequest(request, input.exceptionId, (exception, now) =>
      resolveException(exception, input, now),
    );
  }
}
