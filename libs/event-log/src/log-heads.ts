/**
 * The newest entry of every partition key up to a position, as `key`, `position` and `hash` (hexadecimal). Goes from one key to
 * the next along the index, so it takes as long as there are keys, not entries.
 *
 * The newest of a key is asked for in the order of key and position, not by an equal key: for that the planner may read the whole log
 * backwards by position until it comes to an entry of the key, which of a quiet area is far.
 */
export const readHeads = `
  WITH RECURSIVE keys AS (
    (SELECT partition_key FROM event_log.entries ORDER BY partition_key LIMIT 1)
    UNION ALL
    SELECT (SELECT e.partition_key FROM event_log.entries e WHERE e.partition_key > k.partition_key
            ORDER BY e.partition_key LIMIT 1)
    FROM keys k WHERE k.partition_key IS NOT NULL
  )
  SELECT k.partition_key AS key, newest.position, encode(newest.hash, 'hex') AS hash
  FROM keys k CROSS JOIN LATERAL (
    SELECT e.partition_key, e.position, e.hash FROM event_log.entries e
    WHERE (e.partition_key, e.position) <= (k.partition_key, $1::bigint)
    ORDER BY e.partition_key DESC, e.position DESC LIMIT 1
  ) AS newest
  WHERE newest.partition_key = k.partition_key
  ORDER BY k.partition_key`;
