import { Injectable } from '@nestjs/common';
import type { Transaction } from '@yizhan/persistence';
import type { Now } from '../cases/truck-case.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { deedsOf, type Exception, type ExceptionDecision } from './exception.js';
import { writeException } from './exception-rows.js';
import { loadException } from './load-exception.js';

export interface ExceptionAnswer {
  readonly exceptionId: string;
  readonly code: string;
  readonly state: string;
  readonly owner: string;
  readonly level: number;
  readonly allowedSteps: readonly string[];
}

/** The only way in which a person changes an exception: lock, decide, guarded write, events and answer in one transaction. */
@Injectable()
export class ChangeException {
  constructor(private readonly changes: Changes) {}

  byRequest(
    request: StationRequest,
    exceptionId: string,
    decide: (exception: Exception, now: Now) => ExceptionDecision,
    check?: (tx: Transaction, exception: Exception) => Promise<void>,
  ): Promise<ExceptionAnswer> {
    return this.changes.once(request, async (change) => {
      const before = await loadException(change.tx, exceptionId);
      await check?.(change.tx, before);
      const { exception, events } = decide(before, change);
      writeException(change.tx, exception);
      const { code, state, owner, level } = exception;
      return { events, answer: { exceptionId, code, state, owner, level, allowedSteps: deedsOf(exception) } };
    });
  }
}
