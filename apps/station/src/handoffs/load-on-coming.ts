import type { Transaction } from '@yizhan/persistence';
import { uuid } from '../cases/load-case.js';
import { together } from '../changes/together.js';
import { calledForAnother } from '../visits/load-called-bay.js';
import { lockBay } from './lock-bay.js';

/** What a start asks beside the case. */
export interface OnComing {
  /** Read under a lock that a suspension waits for. */
  readonly stationState: 'open' | 'suspended' | 'closed';
  /** The truck that the assigned driver answers for. */
  readonly holdsPlate: string | undefined;
  /** The area in whose pool he is. */
  readonly poolAreaCode: string;
  /** The station has the bay, read under the same lock. */
  readonly bayIsThere: boolean;
  /** Another visit whose truck was called to the bay. */
  readonly calledFor: string | null;
}

/** Locks the assigned driver, the station and the bay. Send it after the locks of the case. */
export async function loadOnComing(tx: Transaction, handoffId: string, bayCode: string): Promise<OnComing> {
  const key = [uuid(handoffId)];
  const [[station], [truck], bayIsThere, [call]] = await together<
    [
      { state: OnComing['stationState']; poolAreaCode: string }[],
      { plate: string }[],
      boolean,
      { calledFor: string | null }[],
    ]
  >([
    tx.rows(lockBoth, key),
    tx.rows(readTruck, key),
    lockBay(tx, handoffId, bayCode),
    tx.rows(readCall, [uuid(handoffId), bayCode]),
  ]);
  return {
    stationState: station?.state ?? 'closed',
    poolAreaCode: station?.poolAreaCode ?? '',
    holdsPlate: truck?.plate,
    bayIsThere,
    calledFor: call?.calledFor ?? null,
  };
}

const lockBoth = `
  SELECT s.state, d.area_code AS "poolAreaCode" FROM station.handoffs h
  JOIN station.drivers d ON d.driver_id = h.driver_id
  JOIN station.stations s ON s.station_code = h.station_code
  WHERE h.handoff_id = $1 FOR UPDATE OF d FOR SHARE OF s`;

const readCall = `
  SELECT ${calledForAnother} AS "calledFor"
  FROM station.handoffs h JOIN station.visits v ON v.visit_id = h.visit_id WHERE h.handoff_id = $1`;

const readTruck = `
  SELECT t.plate FROM station.trucks t
  WHERE t.custodian_kind = 'driver' AND t.custodian_id = (SELECT h.driver_id FROM station.handoffs h WHERE h.handoff_id = $1)`;
