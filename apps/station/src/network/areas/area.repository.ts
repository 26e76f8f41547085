import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';

/** @throws Problem `not_found` where no area has this code. */
export async function requireArea(tx: Transaction, areaCode: string): Promise<void> {
  const found = await tx.rows('SELECT 1 FROM station.areas WHERE area_code = $1', [areaCode]);
  if (found.length === 0) throw new Problem('not_found', 'AREA.NOT_FOUND', `no area ${areaCode}`, { areaCode });
}
