import { notFound } from '../cases/problems.js';
import { takeStep } from '../cases/transition-table.js';
import type { Change } from '../changes/changes.js';
import { type AccountState, type AccountStep, accountTable } from './account.js';
import type { AccountAnswer } from './create-account.js';

/** Locks the account and takes it one step on. @throws Problem where there is none, or the step is not open. */
export async function changeAccount(
  { tx, at }: Change,
  accountId: string,
  step: AccountStep,
  reason: string | null,
): Promise<AccountAnswer> {
  const [row] = await tx.rows<{ state: AccountState }>(lockAccount, [accountId]);
  if (!row) throw accountNotFound(accountId);
  const state = takeStep('account', accountTable, row.state, step);
  const { version } = await tx.one<{ version: number }>(updateAccount, [accountId, state, at, reason]);
  return { accountId, state, version };
}

export const accountNotFound = (accountId: string) =>
  notFound('ACCOUNT.NOT_FOUND', `no account ${accountId}`, { accountId });

const lockAccount = 'SELECT state FROM station.accounts WHERE account_id = $1 FOR UPDATE';

const updateAccount = `
  UPDATE station.accounts
  SET state = $2, version = version + 1, suspend_reason = $4,
      suspended_at = CASE WHEN $2 = 'suspended' THEN to_timestamp($3::double precision / 1000) END
  WHERE account_id = $1 RETURNING version`;
