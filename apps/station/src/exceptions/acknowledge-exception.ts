import { Injectable } from '@nestjs/common';
import type { Now } from '../cases/truck-case.js';
import { Problem } from '@yizhan/kernel';
import type { StationRequest } from '../changes/changes.js';
import { ChangeException, type ExceptionAnswer } from './change-exception.js';
import {
  deedsOf,
  eventOfException,
  type Exception,
  exceptionAfter,
  type ExceptionDecision,
  ownedAt,
} from './exception.js';

export interface AcknowledgeExceptionInput {
  readonly exceptionId: string;
  readonly byId: string;
}

/** Somebody is at it: the time of the level begins once more, and then it is the next one's all the same. */
export function acknowledgeException(
  exception: Exception,
  { byId }: Pick<AcknowledgeExceptionInput, 'byId'>,
  { at }: Now,
): ExceptionDecision {
  exceptionAfter(exception, 'acknowledge');
  if (exception.acknowledgedAt !== null) {
    const message = `${exception.acknowledgedBy} has acknowledged it already`;
    const allowedSteps = deedsOf(exception);
    throw new Problem('illegal_state', 'EXCEPTION.ALREADY_ACKNOWLEDGED', message, { allowedSteps });
  }
  const { dueAt } = ownedAt(exception, exception.level, at);
  const acknowledged: Exception = {
    ...exception,
    dueAt,
    personId: exception.personId ?? byId,
    acknowledgedAt: at,
    acknowledgedBy: byId,
  };
  return { exception: acknowledged, events: [eventOfException(acknowledged, 'exception.acknowledged', at, { byId })] };
}

@Injectable()
export class AcknowledgeException {
  constructor(private readonly exceptions: ChangeException) {}

  execute(request: StationRequest, input: AcknowledgeExceptionInput): Promise<ExceptionAnswer> {
    return this.exceptions.byRequest(request, input.exceptionId, (exception, now) =>
      acknowledgeException(exception, input, now),
    );
  }
}
