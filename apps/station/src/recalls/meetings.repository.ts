import type { Transaction } from '@yizhan/persistence';
import type { CustodyMeeting, GateMeeting, HandoffMeeting, HostMeeting, Meetings } from './contacts.js';

/** A transaction, or the database where none is open. */
export type Reading = Pick<Transaction, 'rows'>;

/** What a driver did with trucks since an instant, and with whom. */
export async function meetingsSince(reading: Reading, driverId: string, since: number): Promise<Meetings> {
  const key = [driverId, since];
  const [handoffs, moves, gates, runs] = await Promise.all([
    reading.rows<HandoffMeeting>(readHandoffs, key),
    reading.rows<CustodyMeeting>(readMoves, key),
    reading.rows<GateMeeting>(readGates, key),
    reading.rows<{ runId: string }>(readRuns, key),
  ]);
  const runIds = runs.map(({ runId }) => runId);
  const hosts = runIds.length === 0 ? [] : await reading.rows<HostMeeting>(readHosts, [runIds, since]);
  return { handoffs, moves, gates, hosts };
}

const since = 'to_timestamp($2::double precision / 1000)';

/** A handoff that was requested long before its swap is found too, up to a week. */
const readHandoffs = `
  SELECT h.handoff_id AS "handoffId", h.visit_id AS "visitId", v.run_id AS "runId", v.plate, h.station_code AS "stationCode",
    coalesce(h.custody_at, h.started_at) AS at, h.driver_id AS "onComingId",
    coalesce(h.evidence->'from', CASE WHEN v.brought_by IS NOT NULL
      THEN jsonb_build_object('kind', 'driver', 'id', v.brought_by) END) AS "from",
    (SELECT s->>'personId' FROM jsonb_array_elements(h.evidence->'signatures') s
     WHERE s->>'role' = 'witness') AS "witnessId"
  FROM station.handoffs h JOIN station.visits v ON v.visit_id = h.visit_id
  WHERE h.ready_at >= ${since} - interval '7 days' AND coalesce(h.custody_at, h.started_at) >= ${since}
    AND (h.driver_id = $1 OR (h.evidence->'from'->>'kind' = 'driver' AND h.evidence->'from'->>'id' = $1)
         OR (h.evidence IS NULL AND v.brought_by = $1))`;

const readMoves = `
  SELECT plate, moved_at AS at, place, json_build_object('kind', from_kind, 'id', from_id) AS "from",
    json_build_object('kind', to_kind, 'id', to_id) AS "to"
  FROM station.custody_moves
  WHERE moved_at >= ${since} AND ((from_kind = 'driver' AND from_id = $1) OR (to_kind = 'driver' AND to_id = $1))`;

const readGates = `
  SELECT visit_id AS "visitId", run_id AS "runId", plate, station_code AS "stationCode", arrived_at AS at
  FROM station.visits WHERE brought_by = $1 AND arrived_at >= ${since}`;

/** Runs that he began, or whose truck he took over. */
const readRuns = `
  SELECT r.run_id AS "runId" FROM station.runs r
  WHERE coalesce(r.closed_at, 'infinity') >= ${since} AND (r.driver_id = $1 OR EXISTS (
    SELECT FROM station.custody_moves m WHERE m.to_kind = 'driver' AND m.to_id = $1 AND m.plate = r.plate
      AND m.moved_at BETWEEN r.opened_at AND coalesce(r.closed_at, 'infinity')))`;

/** The steps of a run are kept in the log alone. */
const readHosts = `
  SELECT (e.document::json->'data'->>'at')::timestamptz AS at, e.document::json->'data'->>'enterpriseId' AS "enterpriseId",
    r.plate, r.run_id AS "runId"
  FROM event_log.entries e JOIN station.runs r ON e.subject = 'run/' || r.run_id
  WHERE e.correlation_id = ANY (SELECT unnest($1::uuid[])::text) AND e.type = 'yizhan.run.reached.v1'
    AND r.run_id = ANY ($1::uuid[]) AND (e.document::json->'data'->>'at')::timestamptz >= ${since}`;
