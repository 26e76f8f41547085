import { Injectable } from '@nestjs/common';
import type { Role } from '@yizhan/identity';
import { conflict } from '../cases/problems.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { refusePersonalId } from '../personal-data/personal-id.js';
import { type AccountScope, assertFits } from './account.js';
import { assertThere } from './assert-there.js';

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
    refusePersonalId('accountId', accountId);
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

const insertAccount = `
  INSERT INTO station.accounts
    (account_id, role, stations, areas, counties, driver_id, carrier_id, enterprise_id, state, created_at, created_by)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'active', to_timestamp($9::double precision / 1000), $10)
  ON CONFLICT DO NOTHING RETURNING account_id`;
