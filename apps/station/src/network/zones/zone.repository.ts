import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';

/** @throws Problem `not_found` where the area has no such zone. */
export async function requireZone(tx: Transaction, zoneId: string, areaCode: string): Promise<void> {
  const found = await tx.rows('SELECT 1 FROM station.zones WHERE zone_id = $1 AND area_code = $2', [zoneId, areaCode]);
  if (found.length > 0) return;
  throw new Problem('not_found', 'ZONE.NOT_FOUND', `no zone ${zoneId} in ${areaCode}`, { zoneId });
}
