import { Problem } from '@yizhan/kernel';
import { exactlyOne } from '../changes/exactly-one.js';
import type { Transaction } from '@yizhan/persistence';
import type { DriverActivity, DriverFacts, PolicyRules } from '@yizhan/policy';
import { activityAfterDriving, activityUpToNow, prunedFor, type RecordedActivity } from './driver-activity.js';

/** A driver as he stands, his row locked until the transaction ends. */
export interface LockedDriver {
  /** What eligibility asks of him. Recalled credentials are left out. */
  readonly facts: DriverFacts;
  readonly version: number;
  /** In whose pool he is; of what is recorded late, in whose he was. */
  readonly areaCode: string;
  readonly homeStationCode?: string;
  /** The station where he is; absent while he drives and where nobody has said. */
  readonly stationCode?: string;
  /** Plate of the truck that he answers for. */
  readonly holdsPlate?: string;
  /** The handoff that he is assigned to: `assigned`, `accepted` or `started`. */
  readonly liveHandoff?: { readonly handoffId: string; readonly state: string };
}

interface DriverRow {
  area_code: string;
  inside_zone_id: string | null;
  licences: string[];
  carrier_id: string | null;
  home_station_code: string | null;
  station_code: string | null;
  shift_station_code: string | null;
  shift_ends_at: number | null;
  driving_since: number | null;
  activity: DriverActivity;
  version: number;
}

interface DriverTies {
  credentials: { credential: string; validFrom: number; validUntil: number }[];
  plate: string | null;
  handoff_id: string | null;
  handoff_state: string | null;
  /** The pool that he was in, where he has changed it since. */
  pool_then: string | null;
}

/**
 * Locks the driver (the last in the order of locks) and reads all that an assignment asks of him, in one round trip. Of
 * what is recorded late, `asOf` is when it happened: a credential that was recalled later was still good.
 */
export async function loadDriverFacts(tx: Transaction, driverId: string, asOf?: number): Promise<LockedDriver> {
  // The second statement sees what was committed while the first one waited for its lock.
  const [[row], [ties]] = await Promise.all([
    tx.rows<DriverRow>(lockDriver, [driverId]),
    tx.rows<DriverTies>(readTies, [driverId, asOf ?? null]),
  ]);
  if (!row || !ties) throw driverNotFound(driverId);
  return {
    facts: factsOf(driverId, row, ties),
    version: row.version,
    areaCode: ties.pool_then ?? row.area_code,
    ...(row.home_station_code === null ? {} : { homeStationCode: row.home_station_code }),
    ...(row.station_code === null ? {} : { stationCode: row.station_code }),
    ...(ties.plate === null ? {} : { holdsPlate: ties.plate }),
    ...(ties.handoff_id === null || ties.handoff_state === null
      ? {}
      : { liveHandoff: { handoffId: ties.handoff_id, state: ties.handoff_state } }),
  };
}

/** He leaves a place with a truck: he drives from `at` on, and is at no station. */
export function startDriving(tx: Transaction, driverId: string, at: number): void {
  tx.last(beginDriving, [driverId, at]);
}

/** He leaves a station without a truck that we track: he is at no station. */
export function leaveStation(tx: Transaction, driverId: string): void {
  tx.last(forgetStation, [driverId]);
}

/** A driver's driving as it is recorded, his row locked until the transaction ends. */
export interface LockedDriving extends RecordedActivity {
  readonly driverId: string;
  readonly policies: readonly PolicyRules[];
}

/** What `stopLockedDriving` needs, so that it can be read with what else a change reads. */
export async function lockDriving(tx: Transaction, driverId: string): Promise<LockedDriving> {
  const [[row], policies] = await Promise.all([
    tx.rows<Pick<DriverRow, 'driving_since' | 'activity'>>(lockActivity, [driverId]),
    rulesOfHisArea(tx, driverId),
  ]);
  if (!row) throw driverNotFound(driverId);
  return { driverId, policies, activity: row.activity, drivingSince: row.driving_since };
}

/** As `stopDriving`, in one statement that goes with the commit. */
export function stopLockedDriving(tx: Transaction, driving: LockedDriving, at: number, stationCode?: string): void {
  const activity = prunedFor(activityAfterDriving(driving, at), at, driving.policies);
  tx.last(endDriving, [driving.driverId, stationCode ?? null, JSON.stringify(activity), at]);
}

/** His drive ends at `at`: at `stationCode`, or at a place that is no station. Harmless where he does not drive. */
export async function stopDriving(tx: Transaction, driverId: string, at: number, stationCode?: string): Promise<void> {
  stopLockedDriving(tx, await lockDriving(tx, driverId), at, stationCode);
}

/** Rules of every policy of the driver's area: what they cannot ask for any more is forgotten. */
export async function rulesOfHisArea(tx: Transaction, driverId: string): Promise<PolicyRules[]> {
  const rows = await tx.rows<{ rules: PolicyRules }>(policiesOfHisArea, [driverId]);
  return rows.map(({ rules }) => rules);
}

export function driverNotFound(driverId: string): Problem {
  return new Problem('not_found', 'DRIVER.NOT_FOUND', `no driver ${driverId} is enrolled`, { driverId });
}

function factsOf(driverId: string, row: DriverRow, ties: DriverTies): DriverFacts {
  return {
    driverId,
    insideZoneId: row.inside_zone_id,
    licences: row.licences,
    ...(row.carrier_id === null ? {} : { carrierId: row.carrier_id }),
    ...(row.shift_station_code === null || row.shift_ends_at === null
      ? {}
      : { shift: { stationCode: row.shift_station_code, endsAt: row.shift_ends_at } }),
    credentials: ties.credentials,
    activity: activityUpToNow({ activity: row.activity, drivingSince: row.driving_since }),
  };
}

const lockDriver = `
  SELECT area_code, inside_zone_id, licences, carrier_id, home_station_code, station_code, shift_station_code, shift_ends_at,
         driving_since, activity, version
  FROM station.drivers WHERE driver_id = $1 FOR UPDATE`;

const readTies = `
  SELECT (SELECT coalesce(json_agg(json_build_object('credential', c.credential,
            'validFrom', (extract(epoch FROM c.valid_from) * 1000)::bigint,
            'validUntil', (extract(epoch FROM c.valid_until) * 1000)::bigint) ORDER BY c.credential, c.valid_from), '[]')
          FROM station.credentials c WHERE c.driver_id = $1
            AND (c.recalled_at IS NULL OR c.recalled_at > to_timestamp($2::double precision / 1000))) AS credentials,
         (SELECT t.plate FROM station.trucks t WHERE t.custodian_kind = 'driver' AND t.custodian_id = $1) AS plate,
         h.handoff_id, h.state AS handoff_state,
         CASE WHEN $2::double precision IS NOT NULL THEN (
           SELECT m.area_code FROM (
             SELECT l.joined_at AS left_at, l.from_area_code AS area_code FROM station.driver_loans l WHERE l.driver_id = $1
             UNION ALL
             SELECT l.returned_at, l.to_area_code FROM station.driver_loans l WHERE l.driver_id = $1) m
           WHERE m.left_at > to_timestamp($2::double precision / 1000) ORDER BY m.left_at LIMIT 1) END AS pool_then
  FROM (VALUES (1)) AS always(one)
  LEFT JOIN station.handoffs h ON h.driver_id = $1 AND h.state IN ('assigned', 'accepted', 'started')`;

const beginDriving = exactlyOne(`
  UPDATE station.drivers
  SET driving_since = coalesce(driving_since, to_timestamp($2::double precision / 1000)), station_code = NULL, rest_since = NULL,
      seen_at = to_timestamp($2::double precision / 1000), version = version + 1
  WHERE driver_id = $1`);

const forgetStation = `
  UPDATE station.drivers SET station_code = NULL, rest_since = NULL, version = version + 1
  WHERE driver_id = $1 AND station_code IS NOT NULL`;

const lockActivity = `SELECT driving_since, activity FROM station.drivers WHERE driver_id = $1 FOR UPDATE`;

const endDriving = exactlyOne(`
  UPDATE station.drivers SET driving_since = NULL, station_code = $2, activity = $3,
      rest_since = CASE WHEN station_code = $2 THEN rest_since END,
      seen_at = to_timestamp($4::double precision / 1000), version = version + 1
  WHERE driver_id = $1`);

const policiesOfHisArea = `
  SELECT p.rules FROM station.policies p JOIN station.drivers d ON d.area_code = p.area_code WHERE d.driver_id = $1`;
