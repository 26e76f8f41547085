import type { Transaction } from '@yizhan/persistence';
import { driverNotFound } from './driver-facts.repository.js';

/** Locks the driver as something about him changes beside his row. @throws Problem `not_found`. */
export async function touchDriver(
  tx: Transaction,
  driverId: string,
): Promise<{ readonly areaCode: string; readonly version: number }> {
  const [row] = await tx.rows<{ area_code: string; version: number }>(touch, [driverId]);
  if (!row) throw driverNotFound(driverId);
  return { areaCode: row.area_code, version: row.version };
}

const touch = `
  UPDATE station.drivers SET version = version + 1 WHERE driver_id = $1 RETURNING area_code, version`;
