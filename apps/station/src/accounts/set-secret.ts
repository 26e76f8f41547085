import { Injectable } from '@nestjs/common';
import { Database } from '@yizhan/persistence';
import { invalid } from '../cases/problems.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { endSessionsOf } from '../sessions/session.repository.js';
import type { AccountState, SecretKind } from './account.js';
import { accountNotFound } from './account.repository.js';
import type { AccountAnswer } from './create-account.js';
import { isEasyPin } from './easy-pin.js';
import { hashOf } from './hashing.js';
import { Pins } from './pins.js';
import { forgetTries } from './secret-tries.js';

export interface SetSecretInput {
  readonly accountId: string;
  readonly kind: SecretKind;
  readonly secret: string;
  /** The one until now: whoever changes his own must know it, where there is one. */
  readonly current?: string | undefined;
}

interface Locked {
  readonly state: AccountState;
  readonly version: number;
}

/** Gives an account a PIN or a password in place of the one until now, and all its tries back. */
@Injectable()
export class SetSecret {
  constructor(
    private readonly changes: Changes,
    private readonly pins: Pins,
    private readonly database: Database,
  ) {}

  async execute(request: StationRequest, { accountId, kind, secret, current }: SetSecretInput): Promise<AccountAnswer> {
    if (kind === 'pin' && isEasyPin(secret)) {
      const message = 'this PIN is among the first that anybody tries: choose one without a pattern';
      throw invalid('PIN.TOO_EASY', message, { field: 'pin' });
    }
    if (accountId === request.caller) await this.#assertKnown(accountId, kind, current);
    // Before the transaction: it takes a while.
    const hash = await hashOf(kind, secret);
    return this.changes.once(request, async ({ tx }) => {
      const [account] = await tx.rows<Locked>(setHash[kind], [accountId, hash]);
      if (!account) throw accountNotFound(accountId);
      tx.last(forgetTries, [accountId, kind]);
      // Whoever had the secret until now may have got in with it.
      if (accountId !== request.caller) tx.last(endSessionsOf, [accountId, `${kind}_changed`]);
      return { events: [], answer: { accountId, ...account } };
    });
  }

  /** A token that somebody left lying about must not be enough to take an account over. */
  async #assertKnown(accountId: string, kind: SecretKind, current: string | undefined): Promise<void> {
    const [account] = await this.database.rows<{ is_set: boolean }>(readIsSet[kind], [accountId]);
    if (!account?.is_set) return;
    if (current === undefined) {
      const field = kind === 'pin' ? 'currentPin' : 'currentPassword';
      throw invalid(`${kind.toUpperCase()}.CURRENT_MISSING`, `say your ${kind} until now in ${field}`, { field });
    }
    await this.pins.assertSecret(this.database, accountId, kind, current);
  }
}

const columns: Readonly<Record<SecretKind, string>> = { pin: 'pin_hash', password: 'password_hash' };

const forEach = (statement: (column: string) => string): Readonly<Record<SecretKind, string>> => ({
  pin: statement(columns.pin),
  password: statement(columns.password),
});

const setHash = forEach(
  (column) => `UPDATE station.accounts SET ${column} = $2, version = version + 1 WHERE account_id = $1
  RETURNING state, version`,
);

const readIsSet = forEach(
  (column) => `SELECT ${column} IS NOT NULL AS is_set FROM station.accounts WHERE account_id = $1`,
);
