import { logChannel } from './notifications.js';

/** Most rows that one pass takes. */
export const sequencerBatch = 500;

/**
 * One statement, as every round trip is on the way of every event. Where it waited for the lock, the place is the newest and
 * the rows are of a snapshot before it: what it does not see yet is passed over, and looked up again in the next pass.
 */
export const lockAndRead = `
  SELECT place.position, place.outbox_id, place.gaps, found.id, found.subject, found.sequence, found.event,
         pg_snapshot_xmin(pg_current_snapshot())::text AS oldest_open,
         pg_current_xact_id()::text AS own
  FROM (SELECT position, outbox_id, gaps FROM event_log.sequencer FOR UPDATE) AS place
  LEFT JOIN LATERAL (
    (SELECT o.id, o.subject, o.sequence, o.event FROM event_log.outbox o
     WHERE o.id IN (SELECT (g->>'id')::bigint FROM jsonb_array_elements(place.gaps) g))
    UNION ALL
    (SELECT o.id, o.subject, o.sequence, o.event FROM event_log.outbox o
     WHERE o.id > place.outbox_id ORDER BY o.id LIMIT ${sequencerBatch})
  ) AS found ON true
  ORDER BY found.id`;

/** Of one snapshot, so what it sees of the outbox is not older than the place. */
export const read = `
  SELECT place.position, place.outbox_id, place.gaps <> '[]' AS has_gaps, found.id, found.subject, found.sequence, found.event
  FROM event_log.sequencer AS place LEFT JOIN LATERAL (
    SELECT o.id, o.subject, o.sequence, o.event FROM event_log.outbox o
    WHERE o.id > place.outbox_id ORDER BY o.id LIMIT ${sequencerBatch}
  ) AS found ON true
  ORDER BY found.id`;

const insertEntries = `
  INSERT INTO event_log.entries
    (position, event_id, type, subject, sequence, partition_key, correlation_id, recorded_at, document)
  SELECT position, event_id, type, subject, sequence, partition_key, correlation_id, recorded_at, document
  FROM json_to_recordset($1) AS e(position bigint, event_id uuid, type text, subject text, sequence bigint,
    partition_key text, correlation_id text, recorded_at timestamptz, document text)`;

const insertHeads = `
  INSERT INTO event_log.heads (partition_key, position, hash)
  SELECT partition_key, position, hash FROM json_to_recordset($2) AS h(partition_key text, position bigint, hash text)`;

const replaceHead = 'ON CONFLICT (partition_key) DO UPDATE SET position = EXCLUDED.position, hash = EXCLUDED.hash';

/** Everything that a pass writes, in one statement: what the publisher's process does meanwhile, Kafka's answer waits for. */
export const storePass = `
  WITH added AS (${insertEntries}), headed AS (${insertHeads} ${replaceHead}), placed AS (
    UPDATE event_log.sequencer SET position = $3, outbox_id = $4, gaps = $5
  )
  SELECT CASE WHEN $6::boolean THEN set_config('synchronous_commit', 'off', true) END,
         CASE WHEN $7::boolean THEN pg_notify('${logChannel}', '') END`;

/** The same where the place is still what was read; no row and nothing written where it is not. Never waits for the disk. */
export const storePlainly = `
  WITH placed AS (
    UPDATE event_log.sequencer SET position = $3, outbox_id = $4
    WHERE position = $6 AND outbox_id = $7 AND gaps = '[]' RETURNING position
  ), added AS (${insertEntries} WHERE EXISTS (SELECT FROM placed)
  ), headed AS (${insertHeads} WHERE EXISTS (SELECT FROM placed) ${replaceHead})
  SELECT set_config('synchronous_commit', 'off', true),
         CASE WHEN $5::boolean THEN pg_notify('${logChannel}', '') END
  FROM placed`;
