import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { readArea } from './cases.sql.js';

/** @throws Problem `CASE.NO_SUCH_AREA` where the area has no station. */
export async function requireArea(tx: Pick<Transaction, 'rows'>, areaCode: string): Promise<void> {
  const [known] = await tx.rows(readArea, [areaCode]);
  if (!known) throw new Problem('not_found', 'CASE.NO_SUCH_AREA', `there is no area ${areaCode}`, { areaCode });
}
