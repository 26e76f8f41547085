import type { Database } from '@yizhan/persistence';

/** Which of some entries the database shows a carrier: those that name it. */
export async function entriesShownTo(
  database: Pick<Database, 'rowsForCarrier'>,
  carrierId: string,
  positions: readonly number[],
): Promise<ReadonlySet<number>> {
  const rows = await database.rowsForCarrier<{ position: number }>(
    carrierId,
    'SELECT position FROM event_log.entries WHERE position = ANY ($1::bigint[])',
    [positions],
  );
  return new Set(rows.map(({ position }) => position));
}
