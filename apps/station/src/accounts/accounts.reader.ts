import { Injectable } from '@nestjs/common';
import { type Page, pageOf, type PageQuery } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { given } from '../cases/given.js';
import { stepsFrom } from '../cases/transition-table.js';
import { CallerScope } from '../network/caller-scope.js';
import { accountTable } from './account.js';
import { accountColumns, type AccountRow, scopeOf } from './account.entity.js';
import { accountNotFound } from './account.repository.js';
import type { AccountResponse } from './accounts.dto.js';

/** Accounts as they are shown: never with a hash. */
@Injectable()
export class Accounts {
  constructor(
    private readonly database: Database,
    private readonly scope: CallerScope,
  ) {}

  /** Those that the caller may manage. */
  async list(caller: Caller, query: PageQuery): Promise<Page<AccountResponse>> {
    const isAll = caller.role === 'administrator';
    const areas = isAll ? null : ((await this.scope.areasOf(caller)) ?? null);
    const [after = null] = query.afterKeys(1) ?? [];
    const rows = await this.database.rows<AccountRow>(listAccounts, [
      isAll,
      caller.stations,
      areas,
      after,
      query.limit + 1,
    ]);
    return pageOf(rows, query.limit, (row) => [row.account_id], responseOf);
  }

  /** @throws Problem `not_found`. */
  async row(accountId: string): Promise<AccountRow> {
    const [row] = await this.database.rows<AccountRow>(readAccount, [accountId]);
    if (!row) throw accountNotFound(accountId);
    return row;
  }
}

export function responseOf(row: AccountRow): AccountResponse {
  return {
    accountId: row.account_id,
    role: row.role,
    ...scopeOf(row),
    state: row.state,
    hasPassword: row.has_password,
    hasPin: row.has_pin,
    createdAt: toIso(row.created_at),
    createdBy: row.created_by,
    ...given({
      suspendedAt: row.suspended_at === null ? null : toIso(row.suspended_at),
      suspendReason: row.suspend_reason,
    }),
    version: row.version,
    allowedSteps: stepsFrom(accountTable, row.state),
  };
}

const readAccount = `SELECT ${accountColumns} FROM station.accounts a WHERE a.account_id = $1`;

const listAccounts = `
  SELECT ${accountColumns} FROM station.accounts a
  WHERE ($1::boolean OR (a.role = 'operator' AND a.stations <@ $2::text[])
      OR (a.role = 'driver' AND EXISTS (
        SELECT FROM station.drivers d WHERE d.driver_id = a.driver_id AND d.area_code = ANY($3::text[]))))
    AND ($4::text IS NULL OR a.account_id > $4)
  ORDER BY a.account_id LIMIT $5`;
