import { newEvent, type NewEvent } from '@yizhan/event-log';
import { Problem, toIso } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { handoffRows, passRows } from '../cases/rows.js';
import type { TruckCase } from '../cases/truck-case.js';
import { driverNotFound } from '../drivers/driver-facts.repository.js';
import { type Pass, passBlockOf } from './pass.js';

/** How a pass stands after a request. */
export interface PassAnswer {
  readonly passId: string;
  readonly areaCode: string;
  readonly plate: string;
  readonly state: Pass['state'];
}

export function passAnswer({ passId, areaCode, plate, state }: Pass): PassAnswer {
  return { passId, areaCode, plate, state };
}

/** Whose truck it is, so that a pass is changed after the locks of a visit that it may be on. @throws Problem `not_found`. */
export async function plateOfPass(tx: Transaction, passId: string): Promise<string> {
  const [row] = await tx.rows<{ plate: string }>('SELECT plate FROM station.passes WHERE pass_id = $1', [passId]);
  if (!row) throw passNotFound(passId);
  return row.plate;
}

/** @throws Problem `not_found`. */
export async function lockPass(tx: Transaction, passId: string): Promise<Pass> {
  const [row] = await tx.rows<{ pass: Pass }>(lock, [passId]);
  if (!row) throw passNotFound(passId);
  return row.pass;
}

export function passNotFound(passId: string): Problem {
  return new Problem('not_found', 'PASS.NOT_FOUND', `there is no pass ${passId}`, { passId });
}

/** @throws Problem `not_found` where one of them is not enrolled. */
export async function requireDrivers(tx: Transaction, driverIds: readonly string[]): Promise<void> {
  const [missing] = await tx.rows<{ id: string }>(findMissing, [driverIds]);
  if (missing) throw driverNotFound(missing.id);
}

/** Writes what is true of the truck's assignment now that its pass is another one; the case is locked. */
export async function recheckAssignment(
  tx: Transaction,
  truckCase: TruckCase | undefined,
  pass: Pass | undefined,
): Promise<void> {
  const handoff = truckCase?.handoff;
  if (!truckCase || (handoff?.state !== 'assigned' && handoff?.state !== 'accepted')) return;
  const { driverId, plannedStartAt, plannedReturnAt } = handoff;
  const [driver] = await tx.rows<{ areaCode: string }>(poolOfDriver, [driverId]);
  if (!driver) throw driverNotFound(driverId);
  const { visit, place } = truckCase;
  const time = { from: plannedStartAt, until: plannedReturnAt ?? plannedStartAt };
  const passBlock = passBlockOf(place.rules, visit.flow, pass, { driverId, ...driver }, time);
  if (passBlock !== handoff.passBlock) handoffRows.write(tx, { ...handoff, passBlock });
}

export function passEvent(name: 'pass.issued' | 'pass.amended', pass: Pass, at: number): NewEvent {
  const { passId, plate, driverIds, route, areaCode, poolAreaCode, validFrom, validUntil } = pass;
  const validity = { validFrom: toIso(validFrom), ...(validUntil === null ? {} : { validUntil: toIso(validUntil) }) };
  const data = { passId, plate, driverIds, route, areaCode, ...given({ poolAreaCode }), ...validity };
  return newEvent({ name, subject: `pass/${passId}`, areaCode, time: at, data });
}

const lock = `SELECT ${passRows.json('p')} AS pass FROM station.passes p WHERE p.pass_id = $1 FOR UPDATE`;

const findMissing = `
  SELECT id FROM unnest($1::text[]) AS id WHERE NOT EXISTS (SELECT FROM station.drivers d WHERE d.driver_id = id) LIMIT 1`;

const poolOfDriver = `SELECT area_code AS "areaCode" FROM station.drivers WHERE driver_id = $1`;
