import { Problem } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import type { EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';

/** The one row with this key, such as of `zone`. @throws Problem `not_found`, such as `ZONE.NOT_FOUND`. */
export async function readRow<Row extends ObjectLiteral>(
  database: Database,
  of: EntityTarget<Row>,
  noun: 'area' | 'zone' | 'carrier' | 'enterprise',
  key: FindOptionsWhere<Row> & Readonly<Record<string, string>>,
): Promise<Row> {
  const row = await database.read((manager) => manager.findOneBy(of, key));
  if (row) return row;
  throw new Problem('not_found', `${noun.toUpperCase()}.NOT_FOUND`, `no ${noun} ${Object.values(key).join(' ')}`, key);
}
