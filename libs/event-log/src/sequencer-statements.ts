import { logChannel } from './notifications.js';

/** Most rows that one pass takes. */
export const sequencerBatch = 500;

const isGap = `o.id IN (SELECT (gap ->> 'id')::bigint FROM jsonb_array_elements(place.gaps) AS gap)`;

/** What the outbox has after the place, with the place. Of one snapshot, so that neither is older than the other. */
const readWith = (more: { readonly columns: string; readonly rows: string }): string => `
  SELECT place.number, place.position, place.outbox_id, place.gaps, found.id, found.sequence, found.event${more.columns}
  FROM event_log.sequencer AS place LEFT JOIN LATERAL (
    ${more.rows}
    (SELECT o.id, o.sequence, o.event FROM event_log.outbox o WHERE o.id > place.outbox_id ORDER BY o.id LIMIT ${sequencerBatch})
  ) AS found ON true
  ORDER BY found.id`;

/** The usual case: no id was passed over. */
export const read = readWith({ columns: '', rows: '' });

/** Looks the ids up again that were passed over. Takes a transaction id, which is what they are given up by. */
export const readWithGaps = readWith({
  columns: `, pg_snapshot_xmin(pg_current_snapshot())::text AS oldest_open, pg_current_xact_id()::text AS own`,
  rows: `(SELECT o.id, o.sequence, o.event FROM event_log.outbox o WHERE ${isGap}) UNION ALL`,
});

/**
 * Everything that a pass writes, in one statement: what the publisher's process does meanwhile, Kafka's answer waits for.
 * No row, and nothing written, where another sequencer has made the pass of this number, or where the place that was read is not
 * there any more: PostgreSQL has crashed and lost it, or passes were made and forgotten since.
 */
export const store = `
  WITH passed AS (
    INSERT INTO event_log.passes (number, position, outbox_id, gaps)
    SELECT $2::bigint, $3::bigint, $4::bigint, $5::jsonb WHERE EXISTS (
      SELECT FROM event_log.passes WHERE number = $2::bigint - 1 AND position = $8 AND outbox_id = $9
    )
    ON CONFLICT (number) DO NOTHING RETURNING number
  ), added AS (
    INSERT INTO event_log.entries
      (position, event_id, type, subject, sequence, partition_key, correlation_id, recorded_at, document, hash)
    SELECT position, event_id, type, subject, sequence, partition_key, correlation_id, recorded_at, document, decode(hash, 'hex')
    FROM json_to_recordset($1) AS e(position bigint, event_id uuid, type text, subject text, sequence bigint,
      partition_key text, correlation_id text, recorded_at timestamptz, document text, hash text)
    WHERE EXISTS (SELECT FROM passed)
  )
  SELECT CASE WHEN $6::boolean THEN set_config('synchronous_commit', 'off', true) END,
         CASE WHEN $7::boolean THEN pg_notify('${logChannel}', '') END
  FROM passed`;

/**
 * Deletes what a pass left done: the outbox rows up to an id and the passes before it. Nothing where the pass is not there: the
 * server may have lost in a crash what it had acknowledged.
 */
export const forget = `
  WITH stored AS (
    SELECT number FROM event_log.passes WHERE number = $2 AND outbox_id >= $1
  ), passes AS (
    DELETE FROM event_log.passes WHERE number < (SELECT number FROM stored)
  )
  DELETE FROM event_log.outbox WHERE id <= $1 AND EXISTS (SELECT FROM stored)`;
