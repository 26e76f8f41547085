import type { Transaction } from '@yizhan/persistence';
import { uuid } from '../cases/load-case.js';
import { together } from '../changes/together.js';
import type { ThrottleInForce } from './lane-throttle.js';

/**
 * The throttles of a handoff's lane, locked: of two assignments on one lane the second counts the first. Send it after every other
 * lock, and after one that `ThrottleLane` waits for (the area, shared).
 * @param now about the present, epoch milliseconds
 */
export async function lockThrottles(tx: Transaction, handoffId: string, now: number): Promise<ThrottleInForce[]> {
  // The second statement sees what was committed while the first one waited for its locks.
  const [, throttles] = await together<[object[], ThrottleInForce[]]>([
    tx.rows(lock, [uuid(handoffId)]),
    tx.rows<ThrottleInForce>(read, [uuid(handoffId), now]),
  ]);
  return throttles;
}

/** A throttle of the area waits for this transaction, or was before it. Send it before every other lock. */
export async function shareArea(tx: Transaction, handoffId: string): Promise<void> {
  await tx.rows(lockArea, [uuid(handoffId)]);
}

const lockArea = `
  SELECT 1 FROM station.handoffs h JOIN station.visits v ON v.visit_id = h.visit_id
  JOIN station.areas a ON a.area_code = v.area_code WHERE h.handoff_id = $1 FOR SHARE OF a`;

const ofLane = `
  FROM station.handoffs h JOIN station.visits v ON v.visit_id = h.visit_id
  JOIN station.lane_throttles t ON t.area_code = v.area_code AND t.flow = v.flow
    AND (t.station_code IS NULL OR t.station_code = v.station_code) AND t.ended_at IS NULL
  WHERE h.handoff_id = $1 ORDER BY t.throttle_id`;

const lock = `SELECT 1 ${ofLane} FOR UPDATE OF t`;

/** Twice the hour, as the instant of the change is taken later. */
const read = `
  SELECT t.throttle_id AS "throttleId", t.area_code AS "areaCode", t.flow, t.station_code AS "stationCode",
    t.trucks_per_hour AS "trucksPerHour", t.ends_at AS "endsAt",
    ARRAY(
      SELECT (extract(epoch FROM o.assigned_at) * 1000)::double precision
      FROM station.handoffs o JOIN station.visits w ON w.visit_id = o.visit_id
      WHERE o.assigned_at > to_timestamp($2::double precision / 1000) - interval '2 hours'
        AND o.state IN ('assigned', 'accepted', 'started', 'completed')
        AND w.area_code = t.area_code AND w.flow = t.flow AND (t.station_code IS NULL OR w.station_code = t.station_code)
    ) AS "assignedAt"
  ${ofLane}`;
