import { isDatabaseDown, sqlState } from '@yizhan/persistence';

/** SQLSTATE of a statement that took too long, and of a lock that was not to be had in time. */
const overloaded = new Set(['57014', '55P03']);

/** Whether the database is away or overloaded, so that the same request may well succeed later. */
export function isUnavailable(error: unknown): boolean {
  return isDatabaseDown(error) || overloaded.has(sqlState(error) ?? '');
}
