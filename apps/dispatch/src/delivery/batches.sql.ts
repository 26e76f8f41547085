import { instant, untilOf } from './instants.sql.js';

/**
 * What is in hand and not stored, a row for each delivery. OFFSET keeps PostgreSQL from joining: it looks each of them up by its key, as
 * a plan that was made while there were few rows would otherwise go through all rows of the subscription for ever after.
 */
export const inHand = `
  SELECT b.subscription_id, p.position, b.first_number + p.place - 1 AS number, b.made_at, b.leased_until
  FROM dispatch.batches b CROSS JOIN LATERAL unnest(b.positions) WITH ORDINALITY AS p (position, place)
  WHERE NOT EXISTS (SELECT FROM dispatch.deliveries d
    WHERE d.subscription_id = b.subscription_id AND d.position = p.position OFFSET 0)`;

/** Numbers, the batch and the place in the log are one statement: whoever has the row makes them, and nobody else. */
export const make = `
  WITH held AS (
    SELECT s.subscription_id, s.last_number FROM dispatch.subscriptions s
    WHERE s.subscription_id = $1 AND s.version = $2 AND s.state = 'active' AND s.position <= $3
    FOR UPDATE SKIP LOCKED
  ), made AS (
    INSERT INTO dispatch.batches (subscription_id, first_number, positions, made_at, leased_by, leased_until)
    SELECT held.subscription_id, held.last_number + 1, $5::bigint[], ${instant('$6')}, $7, ${untilOf('$8')}
    FROM held WHERE cardinality($5::bigint[]) > 0
  )
  UPDATE dispatch.subscriptions s SET position = $4, last_number = s.last_number + cardinality($5::bigint[])
  FROM held WHERE s.subscription_id = held.subscription_id
  RETURNING s.last_number`;

/**
 * Stores what came of deliveries of batches, and removes the batches of which nothing is left. One that is gone was taken apart by
 * somebody else, who took its owner for dead: what came of that one is for the rows that he has made.
 */
export const store = `
  WITH named AS (
    SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::boolean[]) WITH ORDINALITY
      AS n (subscription_id, first_number, is_whole, place)
  ), held AS (
    SELECT b.subscription_id, b.first_number, b.made_at, n.is_whole, n.place
    FROM named n JOIN dispatch.batches b ON b.subscription_id = n.subscription_id AND b.first_number = n.first_number
    FOR UPDATE OF b
  ), stored AS (
    INSERT INTO dispatch.deliveries (subscription_id, position, number, event_id, type, state, tries, made_at, due_at, ended_at,
      attempts)
    SELECT held.subscription_id, r.position, r.number, r.event_id, r.type, r.state, r.tries, held.made_at, ${instant('r.due_at')},
      CASE WHEN r.state <> 'pending' THEN ${instant('$13')} END, r.attempts
    FROM ROWS FROM (unnest($4::integer[]), unnest($5::bigint[]), unnest($6::bigint[]), unnest($7::uuid[]), unnest($8::text[]),
        unnest($9::text[]), unnest($10::integer[]), unnest($11::bigint[]), jsonb_array_elements($12::jsonb))
      AS r (place, position, number, event_id, type, state, tries, due_at, attempts)
    JOIN held ON held.place = r.place
    ON CONFLICT (subscription_id, position) DO NOTHING
  ), gone AS (
    DELETE FROM dispatch.batches b USING held
    WHERE held.is_whole AND b.subscription_id = held.subscription_id AND b.first_number = held.first_number
  )
  SELECT place::integer AS place FROM held`;

/** Makes rows that wait of what is left of batches whose owners are gone, with the numbers that they have. */
export const takeApart = `
  WITH abandoned AS (
    SELECT b.* FROM dispatch.batches b WHERE b.subscription_id = $1 AND b.leased_until < clock_timestamp()
    FOR UPDATE SKIP LOCKED
  ), made AS (
    INSERT INTO dispatch.deliveries (subscription_id, position, number, event_id, type, state, made_at, due_at)
    SELECT a.subscription_id, p.position, a.first_number + p.place - 1, e.event_id, e.type, 'pending', a.made_at, a.made_at
    FROM abandoned a CROSS JOIN LATERAL unnest(a.positions) WITH ORDINALITY AS p (position, place)
    JOIN event_log.entries e ON e.position = p.position
    ON CONFLICT (subscription_id, position) DO NOTHING
  ), gone AS (
    DELETE FROM dispatch.batches b USING abandoned a
    WHERE b.subscription_id = a.subscription_id AND b.first_number = a.first_number
  )
  SELECT (SELECT count(*) FROM dispatch.batches b WHERE b.subscription_id = $1) - (SELECT count(*) FROM abandoned) AS remaining`;
