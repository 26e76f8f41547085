import type { Transaction } from '@yizhan/persistence';
import { exactlyOne } from '../changes/exactly-one.js';
import { RowMap } from '../cases/row-map.js';
import { writeTimer } from '../timers/write-timer.js';
import { clockOf, type Exception } from './exception.js';
import type { ExceptionChange } from './raising.js';

export const exceptionRows = new RowMap<Exception>(
  'station.exceptions',
  'exceptionId',
  {
    exceptionId: 'exception_id',
    areaCode: 'area_code',
    subject: 'subject',
    visitId: 'visit_id',
    runId: 'run_id',
    driverId: 'driver_id',
    carrierId: 'carrier_id',
    code: 'code',
    openedAt: 'opened_at:instant',
    steps: 'steps:json',
  },
  {
    state: 'state',
    stationCode: 'station_code',
    owner: 'owner',
    level: 'level',
    dueAt: 'due_at:instant',
    personId: 'person_id',
    acknowledgedAt: 'acknowledged_at:instant',
    acknowledgedBy: 'acknowledged_by',
    resolvedAt: 'resolved_at:instant',
    resolvedBy: 'resolved_by',
    resolution: 'resolution',
  },
);

/** Writes an exception as it is to be, and its clock; with the commit. */
export function writeException(tx: Transaction, exception: Exception): void {
  exceptionRows.write(tx, exception);
  const clock = clockOf(exception);
  // A new one has no clock that could have to be stopped.
  if (exception.version > 0 || clock.dueAt !== null) writeTimer(tx, clock);
}

export function writeExceptionChange(tx: Transaction, change: ExceptionChange): void {
  if ('opened' in change) return writeException(tx, change.opened);
  tx.last(resolveException, [change.exceptionId, change.resolvedAt, change.resolution]);
  writeTimer(tx, { kind: 'exception_due', ref: change.exceptionId, dueAt: null });
}

const resolveException = exactlyOne(`
  UPDATE station.exceptions
  SET state = 'resolved', resolved_at = to_timestamp($2::double precision / 1000), resolution = $3, version = version + 1
  WHERE exception_id = $1 AND state = 'open'`);
