import { instant, untilOf } from './instants.sql.js';

const isFree = `(d.leased_until IS NULL OR d.leased_until < clock_timestamp())`;

export const active = (columns: string): string => `
  SELECT ${columns},
    (SELECT count(*) FROM (SELECT FROM dispatch.deliveries d
      WHERE d.subscription_id = s.subscription_id AND d.state = 'pending' AND d.due_at <= ${instant('$1')} LIMIT $2) AS counted)
      AS waiting,
    EXISTS (SELECT FROM dispatch.deliveries d WHERE d.subscription_id = s.subscription_id AND d.state = 'pending'
      AND d.due_at <= ${instant('$1')} AND ${isFree}) AS has_due,
    s.ordered AND EXISTS (SELECT FROM dispatch.deliveries d WHERE d.subscription_id = s.subscription_id AND d.state = 'pending'
      AND d.order_key IS NULL) AS has_unkeyed,
    EXISTS (SELECT FROM dispatch.batches b WHERE b.subscription_id = s.subscription_id AND b.leased_until < clock_timestamp())
      AS has_abandoned,
    EXISTS (SELECT FROM dispatch.replays r WHERE r.subscription_id = s.subscription_id AND r.state = 'running') AS has_replay
  FROM dispatch.subscriptions s WHERE s.state = 'active'`;

export const one = (columns: string): string =>
  `SELECT ${columns} FROM dispatch.subscriptions s WHERE s.subscription_id = $1`;

/** In order: numbers, rows and the place in the log are one statement. Whoever has the row makes them, and nobody else. */
export const make = `
  WITH held AS (
    SELECT s.subscription_id, s.last_number FROM dispatch.subscriptions s
    WHERE s.subscription_id = $1 AND s.version = $2 AND s.state = 'active' AND s.position <= $3
    FOR UPDATE SKIP LOCKED
  ), made AS (
    INSERT INTO dispatch.deliveries (subscription_id, position, number, event_id, type, order_key, state, made_at, due_at)
    SELECT held.subscription_id, e.position, held.last_number + e.place, e.event_id, e.type, e.order_key, 'pending',
      ${instant('$9')}, ${instant('$9')}
    FROM held, unnest($5::bigint[], $6::uuid[], $7::text[], $8::text[]) WITH ORDINALITY
      AS e (position, event_id, type, order_key, place)
  )
  UPDATE dispatch.subscriptions s SET position = $4, last_number = s.last_number + cardinality($5::bigint[])
  FROM held WHERE s.subscription_id = held.subscription_id
  RETURNING s.last_number`;

const take = `
  UPDATE dispatch.deliveries d SET leased_by = $4, leased_until = ${untilOf('$5')}
  FROM due JOIN event_log.entries e ON e.position = due.position
  WHERE d.subscription_id = $1 AND d.position = due.position
  RETURNING d.position, d.number, d.event_id AS "eventId", d.tries, e.document`;

/** Whoever goes by what a subscription was before it was changed is given nothing more of it. */
const isAsKnown = `EXISTS (SELECT FROM dispatch.subscriptions s
      WHERE s.subscription_id = $1 AND s.version = $6 AND s.state = 'active')`;

export const lease = `
  WITH due AS (
    SELECT d.position FROM dispatch.deliveries d
    WHERE d.subscription_id = $1 AND d.state = 'pending' AND d.due_at <= ${instant('$2')} AND ${isFree} AND ${isAsKnown}
    ORDER BY d.due_at, d.position LIMIT $3 FOR UPDATE OF d SKIP LOCKED
  ) ${take}`;

/** Of each truck the first that is pending, if it is due. What has no key yet waits for one. */
export const leaseInOrder = `
  WITH heads AS (
    SELECT DISTINCT ON (h.order_key) h.position FROM dispatch.deliveries h
    WHERE h.subscription_id = $1 AND h.state = 'pending' AND h.order_key IS NOT NULL ORDER BY h.order_key, h.position
  ), due AS (
    SELECT d.position FROM heads JOIN dispatch.deliveries d ON d.subscription_id = $1 AND d.position = heads.position
    WHERE d.state = 'pending' AND d.due_at <= ${instant('$2')} AND ${isFree} AND ${isAsKnown}
    ORDER BY d.position LIMIT $3 FOR UPDATE OF d SKIP LOCKED
  ) ${take}`;

/** What was made before order was asked for. */
export const unkeyed = `
  SELECT d.position, e.document FROM dispatch.deliveries d JOIN event_log.entries e ON e.position = d.position
  WHERE d.subscription_id = $1 AND d.state = 'pending' AND d.order_key IS NULL ORDER BY d.position LIMIT $2`;

export const giveKeys = `
  UPDATE dispatch.deliveries d SET order_key = k.order_key
  FROM unnest($2::bigint[], $3::text[]) AS k (position, order_key)
  WHERE d.subscription_id = $1 AND d.position = k.position AND d.order_key IS NULL`;

/** A failure counts while its lease is this process's: whoever has it now, or made it due anew, has a schedule of his own. */
export const record = `
  UPDATE dispatch.deliveries d
  SET state = r.state, tries = r.tries, due_at = ${instant('r.due_at')},
      ended_at = CASE WHEN r.state <> 'pending' THEN ${instant('$7')} END, leased_by = NULL, leased_until = NULL,
      attempts = CASE WHEN jsonb_array_length(d.attempts) >= $8 THEN d.attempts - 0 ELSE d.attempts END
        || r.attempt::jsonb
  FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::integer[], $5::bigint[], $6::text[])
    AS r (subscription_id, position, state, tries, due_at, attempt)
  WHERE d.subscription_id = r.subscription_id AND d.position = r.position AND d.state = 'pending'
    AND (r.state = 'delivered' OR d.leased_by = $9)`;

export const release = `
  UPDATE dispatch.deliveries SET leased_by = NULL, leased_until = NULL
  WHERE subscription_id = $1 AND position = ANY ($2::bigint[]) AND state = 'pending' AND leased_by = $3`;

export const saveFortune = `
  UPDATE dispatch.subscriptions
  SET failures = $2, failing_since = ${instant('$3')}, held_until = ${instant('$4')}
  WHERE subscription_id = $1 AND state = 'active' AND version = $5`;

/** At most a second's worth ahead, however many processes ask (GCRA). */
export const takeTurns = `
  WITH held AS (
    SELECT s.subscription_id, greatest(s.rate_at, clock_timestamp()) AS begins,
      clock_timestamp() + interval '1 second' AS ends
    FROM dispatch.subscriptions s WHERE s.subscription_id = $1 FOR UPDATE
  ), turn AS (
    SELECT subscription_id, begins,
      greatest(0, least($3::integer, floor(extract(epoch FROM ends - begins) * $2::integer)::integer)) AS taken FROM held
  )
  UPDATE dispatch.subscriptions s SET rate_at = turn.begins + make_interval(secs => turn.taken::double precision / $2)
  FROM turn WHERE s.subscription_id = turn.subscription_id AND turn.taken > 0 RETURNING turn.taken`;

export const giveBackTurns = `
  UPDATE dispatch.subscriptions SET rate_at = rate_at - make_interval(secs => $3::double precision / $2::integer)
  WHERE subscription_id = $1`;

export const disable = `
  UPDATE dispatch.subscriptions
  SET state = 'disabled', disabled_reason = $2, disabled_at = ${instant('$3')}, version = version + 1, changed_at = ${instant('$3')}
  WHERE subscription_id = $1 AND state = 'active' AND version = $4 RETURNING 1`;

/**
 * Of one subscription the next thousand after a position: what has ended long ago goes. By where the rows lie, as a plan that was made
 * while there were few would go through all of them for each thousand. One that was changed meanwhile lies elsewhere, and stays.
 */
export const purgeSome = `
  WITH looked AS (
    SELECT o.ctid, o.position, o.state, o.ended_at, o.made_at FROM dispatch.deliveries o
    WHERE o.subscription_id = $1 AND o.position > $3 ORDER BY o.position LIMIT 1000
  ), old AS (
    SELECT d.ctid FROM dispatch.deliveries d WHERE d.state <> 'pending' AND d.ctid = ANY (ARRAY(
      SELECT l.ctid FROM looked l
      WHERE (l.state = 'delivered' AND l.ended_at < ${instant('$2')} - interval '14 days')
         OR (l.state = 'failed' AND l.ended_at < ${instant('$2')} - interval '60 days')))
    FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM dispatch.deliveries d WHERE d.ctid = ANY (ARRAY(SELECT old.ctid FROM old)) RETURNING 1
  )
  SELECT (SELECT count(*) FROM gone) AS gone, (SELECT max(position) FROM looked) AS "lookedTo",
    coalesce((SELECT min(made_at) FROM looked) < ${instant('$2')} - interval '14 days', false) AS "hasOlder"`;

/** A thousand of one that has ended. */
export const removeSome = `
  WITH oldest AS (
    SELECT d.ctid FROM dispatch.deliveries d WHERE d.subscription_id = $1 ORDER BY d.position LIMIT 1000
    FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM dispatch.deliveries d WHERE d.ctid = ANY (ARRAY(SELECT oldest.ctid FROM oldest)) RETURNING 1
  )
  SELECT count(*) AS gone FROM gone`;

export const removeEnded = `
  DELETE FROM dispatch.ended_subscriptions e WHERE e.subscription_id = $1
    AND NOT EXISTS (SELECT FROM dispatch.deliveries d WHERE d.subscription_id = e.subscription_id)`;

export const purgeOthers = `
  WITH forgotten AS (
    DELETE FROM dispatch.requests WHERE answered_at < ${instant('$1')} - interval '7 days' RETURNING 1
  ), told AS (
    DELETE FROM dispatch.notices WHERE noticed_at < ${instant('$1')} - interval '365 days' RETURNING 1
  ), replayed AS (
    DELETE FROM dispatch.replays WHERE state = 'done' AND created_at < ${instant('$1')} - interval '60 days' RETURNING 1
  )
  SELECT (SELECT count(*) FROM forgotten) + (SELECT count(*) FROM told) + (SELECT count(*) FROM replayed) AS purged`;
