import { Injectable } from '@nestjs/common';
import type { Now } from '../cases/truck-case.js';
import type { StationRequest } from '../changes/changes.js';
import { ChangeException, type ExceptionAnswer } from './change-exception.js';
import { eventOfException, type Exception, exceptionAfter, type ExceptionDecision } from './exception.js';

export interface NoteExceptionInput {
  readonly exceptionId: string;
  readonly byId: string;
  /** A code, never free text. */
  readonly note: string;
}

/** What was done about it or found out. It is kept in the log, and changes nothing. */
export function noteException(
  exception: Exception,
  { byId, note }: Omit<NoteExceptionInput, 'exceptionId'>,
  { at }: Now,
): ExceptionDecision {
  exceptionAfter(exception, 'note');
  return { exception, events: [eventOfException(exception, 'exception.noted', at, { byId, note })] };
}

@Injectable()
export class NoteException {
  constructor(private readonly exceptions: ChangeException) {}

  execute(request: StationRequest, input: NoteExceptionInput): Promise<ExceptionAnswer> {
    return this.exceptions.byRequest(request, input.exceptionId, (exception, now) =>
      noteException(exception, input, now),
    );
  }
}
