import type { Transaction } from '@yizhan/persistence';
import { uuid } from '../cases/load-case.js';

/**
 * Locks the bay that a handoff is in, or is to go into: who leaves it and who comes into it take their instants one after
 * the other. Send it after every other lock. False where the station has no such bay any more.
 */
export async function lockBay(tx: Transaction, handoffId: string, bayCode?: string): Promise<boolean> {
  const locked = await tx.rows(lock, [uuid(handoffId), bayCode ?? null]);
  return locked.length > 0;
}

const lock = `
  SELECT 1 FROM station.handoffs h
  JOIN station.bays b ON b.station_code = h.station_code AND b.bay_code = coalesce(h.bay_code, $2::text)
  WHERE h.handoff_id = $1 FOR UPDATE OF b`;
