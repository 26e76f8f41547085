import type { Transaction } from '@yizhan/persistence';
import { uuid } from '../cases/load-case.js';
import { together } from '../changes/together.js';
import { lockBay } from './lock-bay.js';

/** What a start asks beside the case. */
export interface OnComing {
  /** Read under a lock that a suspension waits for. */
  readonly stationState: 'open' | 'suspended' | 'closed';
  /** The truck that the assigned driver answers for. */
  readonly holdsPlate: string | undefined;
  /** The station has the bay, read under the same lock. */
  readonly bayIsThere: boolean;
}

/** Locks the assigned driver, the station and the bay. Send it after the locks of the case. */
export async function loadOnComing(tx: Transaction, handoffId: string, bayCode: string): Promise<OnComing> {
  const key = [uuid(handoffId)];
  const [[station], [truck], bayIsThere] = await together<
    [{ state: OnComing['stationState'] }[], { plate: string }[], boolean]
  >([tx.rows(lockBoth, key), tx.rows(readTruck, key), lockBay(tx, handoffId, bayCode)]);
  return { stationState: station?.state ?? 'closed', holdsPlate: truck?.plate, bayIsThere };
}

const lockBoth = `
  SELECT s.state FROM station.handoffs h
  JOIN station.drivers d ON d.driver_id = h.driver_id
  JOIN station.stations s ON s.station_code = h.station_code
  WHERE h.handoff_id = $1 FOR UPDATE OF d FOR SHARE OF s`;

const readTruck = `
  SELECT t.plate FROM station.trucks t
  WHERE t.custodian_kind = 'driver' AND t.custodian_id = (SELECT h.driver_id FROM station.handoffs h WHERE h.handoff_id = $1)`;
