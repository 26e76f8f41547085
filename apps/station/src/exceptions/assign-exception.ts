import { Injectable } from '@nestjs/common';
import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { type ExceptionRole, exceptionRoles } from '@yizhan/policy';
import { given } from '../cases/given.js';
import type { Now } from '../cases/truck-case.js';
import type { StationRequest } from '../changes/changes.js';
import { requireStationOfArea } from '../network/stations/station.repository.js';
import { ChangeException, type ExceptionAnswer } from './change-exception.js';
import { eventOfException, type Exception, exceptionAfter, type ExceptionDecision, ownedAt } from './exception.js';

export interface AssignExceptionInput {
  readonly exceptionId: string;
  readonly byId: string;
  readonly role: ExceptionRole;
  /** The station that deals with it from now on; as before where it is not given. */
  readonly stationCode?: string;
  /** Subject of the token of who has to act. */
  readonly personId?: string;
}

/** Hands an exception over to another owner, whose time begins; he has not acknowledged it yet. */
export function assignException(
  exception: Exception,
  { byId, role, stationCode, personId }: Omit<AssignExceptionInput, 'exceptionId'>,
  { at }: Now,
): ExceptionDecision {
  exceptionAfter(exception, 'assign');
  const station = stationCode ?? exception.stationCode;
  if (station === null && role !== 'command_centre') {
    const message = 'it is no station’s: name the station whose operator or shift lead is to deal with it';
    throw new Problem('invalid', 'EXCEPTION.NO_STATION', message, { field: 'stationCode' });
  }
  const level = exceptionRoles.indexOf(role);
  const owned = ownedAt({ ...exception, stationCode: station }, level, at);
  const assigned: Exception = {
    ...exception,
    ...owned,
    dueAt: owned.dueAt ?? exception.dueAt,
    personId: personId ?? null,
    acknowledgedAt: null,
    acknowledgedBy: null,
  };
  return {
    exception: assigned,
    events: [eventOfException(assigned, 'exception.assigned', at, { byId, ...given({ personId }) })],
  };
}

@Injectable()
export class AssignException {
  constructor(private readonly exceptions: ChangeException) {}

  execute(request: StationRequest, input: AssignExceptionInput): Promise<ExceptionAnswer> {
    return this.exceptions.byRequest(
      request,
      input.exceptionId,
      (exception, now) => assignException(exception, input, now),
      (tx, exception) => isOfArea(tx, exception, input),
    );
  }
}

/** @throws Problem `not_found` or `conflict` where the area has no such station, or it is closed. */
async function isOfArea(
  tx: Transaction,
  { areaCode, stationCode: before }: Exception,
  { stationCode }: AssignExceptionInput,
): Promise<void> {
  if (stationCode !== undefined && stationCode !== before) await requireStationOfArea(tx, stationCode, areaCode);
}
