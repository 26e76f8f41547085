import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { uuid } from '../cases/load-case.js';
import { together } from '../changes/together.js';
import type { Exception } from './exception.js';
import { exceptionRows } from './exception-rows.js';

/**
 * Locks what the exception is about, in the order in which a truck's case is locked, and then the exception: whoever ends
 * it, a person, a timer or what happens to the truck, comes after the other. One round trip. @throws Problem `not_found`.
 */
export async function loadException(tx: Transaction, exceptionId: string): Promise<Exception> {
  const key = [uuid(exceptionId)];
  const [, , , , [row]] = await together<[object[], object[], object[], object[], { exception: Exception }[]]>([
    tx.rows(lockVisit, key),
    tx.rows(lockTruck, key),
    tx.rows(lockDriver, key),
    tx.rows(lockStation, key),
    tx.rows(lockException, key),
  ]);
  if (!row) throw exceptionNotFound(exceptionId);
  return row.exception;
}

export function exceptionNotFound(exceptionId: string): Problem {
  return new Problem('not_found', 'EXCEPTION.NOT_FOUND', `there is no exception ${exceptionId}`, { exceptionId });
}

const subjectIs = (prefix: string): string => `e.exception_id = $1 AND e.subject LIKE '${prefix}/%'`;

const lockVisit = `
  SELECT 1 FROM station.visits v
  WHERE v.visit_id = (SELECT e.visit_id FROM station.exceptions e WHERE ${subjectIs('visit')}) FOR UPDATE`;

const lockTruck = `
  SELECT 1 FROM station.trucks t
  WHERE t.plate = (SELECT r.plate FROM station.exceptions e JOIN station.runs r ON r.run_id = e.run_id
                   WHERE ${subjectIs('run')}) FOR UPDATE`;

const lockDriver = `
  SELECT 1 FROM station.drivers d
  WHERE d.driver_id = (SELECT e.driver_id FROM station.exceptions e WHERE ${subjectIs('driver')}) FOR UPDATE`;

const lockStation = `
  SELECT 1 FROM station.stations s
  WHERE s.station_code = (SELECT substr(e.subject, 9) FROM station.exceptions e WHERE ${subjectIs('station')}) FOR UPDATE`;

const lockException = `
  SELECT ${exceptionRows.json('e')} AS exception FROM station.exceptions e WHERE e.exception_id = $1 FOR UPDATE`;
