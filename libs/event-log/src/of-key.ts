/**
 * These columns of the entries `e` of one partition key after a position, one after the other. Not asked for by an equal key: whoever
 * wants the first ones of a key, the planner may have read the log by position, or as it lies, until it comes to one, and of a quiet area
 * that is all of it. This form leaves it the index of key and position.
 */
export const inOrderOfKey = (columns: string, key: string, position: string): string =>
  `SELECT ${columns} FROM event_log.entries e
   WHERE (e.partition_key, e.position) > (${key}, ${position}::bigint) AND e.partition_key <= ${key}
   ORDER BY e.partition_key, e.position`;
