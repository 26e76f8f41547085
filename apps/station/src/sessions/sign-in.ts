import { Injectable } from '@nestjs/common';
import { Clock, Ids, Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import type { SecretKind } from '../accounts/account.js';
import { accountColumns, type AccountRow } from '../accounts/account.entity.js';
import { isSecret } from '../accounts/hashing.js';
import { SecretTries } from '../accounts/secret-tries.js';
import { accessFor, AccessTokens } from './access-tokens.js';
import { startSession } from './session.repository.js';

export interface SignInInput {
  readonly accountId: string;
  readonly kind: SecretKind;
  readonly secret: string;
}

/** A token for now, and one to get the next with. */
export interface SessionAnswer {
  readonly accountId: string;
  readonly token: string;
  readonly expiresInSeconds: number;
  readonly refreshToken: string;
}

type AccountWithHash = AccountRow & { readonly hash: string | null };

/** Opens a session for who knows the secret of an account. */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly tries: SecretTries,
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async execute(input: SignInInput): Promise<SessionAnswer> {
    this.tokens.assertSigns();
    const account = await this.#proven(input);
    const { account_id: accountId } = account;
    const at = this.clock.now();
    // The ids of a seeded run tell nothing apart here: two sessions may begin at one instant.
    const sessionId = this.ids.uuid(`session ${accountId} ${performance.now()}`, at);
    const refreshToken = await this.database.transaction(async (tx) => startSession(tx, { sessionId, accountId, at }));
    const token = await this.tokens.forAccount(account);
    return { accountId, token, expiresInSeconds: accessFor, refreshToken };
  }

  /** One refusal for all: who has no account, none with this secret, or a suspended one. */
  async #proven({ accountId, kind, secret }: SignInInput): Promise<AccountRow> {
    const retryAfterSeconds = await this.tries.take(accountId, kind);
    if (retryAfterSeconds !== undefined) {
      const message = 'too many wrong tries: signing in with this account is locked for a while';
      throw new Problem('forbidden', `${kind.toUpperCase()}.LOCKED`, message, { retryAfterSeconds });
    }
    const [account] = await this.database.rows<AccountWithHash>(readAccount[kind], [accountId]);
    const isRight = await isSecret(kind, secret, account?.hash);
    if (!isRight || account?.state !== 'active') {
      throw new Problem('forbidden', 'IDENTITY.SIGN_IN_REFUSED', 'the account or its secret is wrong');
    }
    await this.tries.forgive(accountId, kind);
    return account;
  }
}

const readWith = (column: string): string =>
  `SELECT ${accountColumns}, a.${column} AS hash FROM station.accounts a WHERE a.account_id = $1`;

const readAccount: Readonly<Record<SecretKind, string>> = {
  pin: readWith('pin_hash'),
  password: readWith('password_hash'),
};
