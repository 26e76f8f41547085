import { Injectable } from '@nestjs/common';
import type { Change, Outcome } from '../changes/changes.js';
import { escalate } from './exception.js';
import { writeException } from './exception-rows.js';
import { loadException } from './load-exception.js';
import { writeTimer } from '../timers/write-timer.js';

/** Nobody has dealt with an exception in time: it is the next one's. Nothing where it is over. */
@Injectable()
export class EscalateException {
  /** What the timer `exception_due` does. */
  async fire(change: Change, exceptionId: string): Promise<Outcome<boolean>> {
    const exception = await loadException(change.tx, exceptionId);
    // Somebody has acknowledged it, or handed it over, while the timer waited for the lock: the new time stands.
    const isEarly = exception.dueAt !== null && exception.dueAt > change.at;
    const escalated = isEarly ? undefined : escalate(exception, change);
    if (escalated) writeException(change.tx, escalated.exception);
    else if (!isEarly) writeTimer(change.tx, { kind: 'exception_due', ref: exceptionId, dueAt: null });
    return { events: escalated?.events ?? [], answer: escalated !== undefined };
  }
}
