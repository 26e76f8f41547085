import { Injectable } from '@nestjs/common';
import type { Role } from '@yizhan/identity';
import type { Transaction } from '@yizhan/persistence';
import { conflict, notFound } from '../cases/problems.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { type AccountScope, assertFits } from './account.js';

export interface CreateAccountInput extends AccountScope {
  /** The subject of its tokens, such as `operator:lin`; never a name. */
  readonly accountId: string;
  readonly role: Role;
}

export interface AccountAnswer {
  readonly accountId: string;
  readonly state: 'active' | 'suspended';
  readonly version: number;
}

/** Makes an account without a secret: it can be signed for once it has a PIN or a password. */
@Injectable()
export class CreateAccount {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { accountId, role, ...scope }: CreateAccountInput): Promise<AccountAnswer> {
    assertFits(accountId, role, scope);
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      await assertThere(tx, scope);
      const made = await tx.rows(insertAccount, [
        accountId,
        role,
        scope.stations ?? [],
        scope.areas ?? [],
        scope.counties ?? [],
        scope.driverId ?? null,
        scope.carrierId ?? null,
        scope.enterpriseId ?? null,
        change.at,
        request.caller,
      ]);
      if (made.length === 0)
        throw conflict('ACCOUNT.ALREADY_EXISTS', `there is an account ${accountId} already`, { accountId });
      return { events: [], answer: { accountId, state: 'active', version: 1 } };
    });
  }
}

/** What an account stands for must be known: a slip of the pen would be an account that reaches nothing. */
async function assertThere(tx: Transaction, scope: AccountScope): Promise<void> {
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

const insertAccount = `
  INSERT INTO station.accounts
    (account_id, role, stations, areas, counties, driver_id, carrier_id, enterprise_id, state, created_at, created_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'active', to_timestamp($9::double precision / 1000), $10)
  ON CONFLICT DO NOTHING RETURNING account_id`;
