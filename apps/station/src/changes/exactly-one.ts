/** SQLSTATE of `station.exactly_one`: a guarded statement has not touched one row. */
export const notExactlyOne = 'YZ001';

/**
 * A guarded statement that undoes its transaction by itself where it does not touch exactly one row: its result need not
 * be waited for, so it can travel with the commit.
 */
export function exactlyOne(statement: string): string {
  return `WITH changed AS (${statement} RETURNING 1) SELECT station.exactly_one(count(*)) FROM changed`;
}
