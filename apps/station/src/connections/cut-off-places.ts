import type { Transaction } from '@yizhan/persistence';
import { uuid } from '../cases/load-case.js';

/** Which places of an assignment are cut off from the area. */
export interface CutOffPlaces {
  /** The station where the truck is. */
  readonly truck: boolean;
  /** Another station, where the driver is, or is on shift where nobody has seen him since. */
  readonly driver: boolean;
}

/** Whether anybody there can be told. */
export async function readCutOffPlaces(tx: Transaction, handoffId: string, driverId: string): Promise<CutOffPlaces> {
  const rows = await tx.rows<CutOffPlaces>(read, [uuid(handoffId), driverId]);
  return { truck: rows.some(({ truck }) => truck), driver: rows.some(({ truck, driver }) => driver && !truck) };
}

const read = `
  SELECT s.station_code IS NOT DISTINCT FROM h.station_code AS truck,
         s.station_code IS NOT DISTINCT FROM coalesce(d.station_code, d.shift_station_code) AS driver
  FROM station.stations s
    LEFT JOIN station.handoffs h ON h.handoff_id = $1
    LEFT JOIN station.drivers d ON d.driver_id = $2
  WHERE s.cut_off_at IS NOT NULL`;
