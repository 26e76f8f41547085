import type { Transaction } from '@yizhan/persistence';
import { uuid } from '../cases/load-case.js';
import { together } from '../changes/together.js';
import type { Consent } from '../consents/consent.js';
import { lockConsents } from '../consents/covering.js';
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
  /** A credential of his was recalled, and what follows from that has not been decided yet. */
  readonly isRecalled?: boolean;
  /** What the carrier has agreed to beforehand about this handoff, also what is over; a revocation waits. */
  readonly consents: readonly Consent[];
}

interface StationOfDriver {
  readonly state: OnComing['stationState'];
  readonly poolAreaCode: string;
}

interface DriverTies {
  readonly plate: string | null;
  readonly isRecalled: boolean;
}

/**
 * Locks the assigned driver, the station, the bay, and what the carrier has agreed to beforehand. Send it after the locks of
 * the case. `now` is about the present, epoch milliseconds: the instant of the start is taken under the locks.
 */
export async function loadOnComing(
  tx: Transaction,
  handoffId: string,
  bayCode: string,
  now: number,
): Promise<OnComing> {
  const key = [uuid(handoffId)];
  const [[station], [driver], bayIsThere, [call], consents] = await together<
    [StationOfDriver[], DriverTies[], boolean, { calledFor: string | null }[], Consent[]]
  >([
    tx.rows(lockBoth, key),
    tx.rows(readTies, key),
    lockBay(tx, handoffId, bayCode),
    tx.rows(readCall, [uuid(handoffId), bayCode]),
    lockConsents(tx, uuid(handoffId), now),
  ]);
  return {
    stationState: station?.state ?? 'closed',
    poolAreaCode: station?.poolAreaCode ?? '',
    holdsPlate: driver?.plate ?? undefined,
    isRecalled: driver?.isRecalled ?? false,
    bayIsThere,
    calledFor: call?.calledFor ?? null,
    consents,
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

const readTies = `
  SELECT
    (SELECT t.plate FROM station.trucks t WHERE t.custodian_kind = 'driver' AND t.custodian_id = h.driver_id) AS plate,
    EXISTS (SELECT FROM station.credentials c
            WHERE c.driver_id = h.driver_id AND c.recalled_at IS NOT NULL AND c.traced_at IS NULL) AS "isRecalled"
  FROM station.handoffs h WHERE h.handoff_id = $1`;
