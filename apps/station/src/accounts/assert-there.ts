import type { Transaction } from '@yizhan/persistence';
import { notFound } from '../cases/problems.js';
import type { AccountScope } from './account.js';

/** What a credential stands for must be known: a slip of the pen would be one that reaches nothing. @throws Problem `not_found`. */
export async function assertThere(tx: Transaction, scope: AccountScope): Promise<void> {
  const [missing] = await tx.rows<{ noun: string; id: string }>(findMissing, [
    scope.stations ?? [],
    scope.areas ?? [],
    scope.driverId ?? null,
    scope.carrierId ?? null,
    scope.enterpriseId ?? null,
  ]);
  if (missing)
    throw notFound(`${missing.noun.toUpperCase()}.NOT_FOUND`, `no ${missing.noun} ${missing.id}`, { id: missing.id });
}

const findMissing = `
  SELECT 'station' AS noun, id FROM unnest($1::text[]) id WHERE NOT EXISTS (SELECT FROM station.stations WHERE station_code = id)
  UNION ALL SELECT 'area', id FROM unnest($2::text[]) id WHERE NOT EXISTS (SELECT FROM station.areas WHERE area_code = id)
  UNION ALL SELECT 'driver', $3::text WHERE $3 IS NOT NULL AND NOT EXISTS (SELECT FROM station.drivers WHERE driver_id = $3)
  UNION ALL SELECT 'carrier', $4::text WHERE $4 IS NOT NULL AND NOT EXISTS (SELECT FROM station.carriers WHERE carrier_id = $4)
  UNION ALL SELECT 'enterprise', $5::text WHERE $5 IS NOT NULL AND NOT EXISTS (SELECT FROM station.enterprises WHERE enterprise_id = $5)
  LIMIT 1`;
