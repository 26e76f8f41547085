import { Injectable } from '@nestjs/common';
import { digestOfSecret } from '@yizhan/identity';
import { Clock, Problem } from '@yizhan/kernel';
import { Database, type Transaction } from '@yizhan/persistence';
import { accountColumns, type AccountRow } from '../accounts/account.entity.js';
import { accessFor, AccessTokens } from './access-tokens.js';
import { endSession, issueRefreshToken, refreshFor, repeatFor } from './session.repository.js';
import type { SessionAnswer } from './sign-in.js';

interface Presented extends AccountRow {
  readonly session_id: string;
  readonly expires_at: number;
  readonly ended_at: number | null;
}

/**
 * Gives the next token of a session for its newest refresh token. One that was used before ends the session, for a thief as for
 * its owner; except once, within `repeatFor`, and while nothing that came of it was used: then its answer may have been lost.
 */
@Injectable()
export class RefreshSession {
  constructor(
    private readonly database: Database,
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  async execute(refreshToken: string): Promise<SessionAnswer> {
    this.tokens.assertSigns();
    const rotated = await this.database.transaction((tx) => this.#rotate(tx, digestOfSecret(refreshToken)));
    if (!rotated) throw new Problem('forbidden', 'IDENTITY.SESSION_ENDED', 'the session has ended: sign in again');
    const { account, next } = rotated;
    const token = await this.tokens.forAccount(account);
    return { accountId: account.account_id, token, expiresInSeconds: accessFor, refreshToken: next };
  }

  /** Undefined where it is refused: what is written then is to stay. */
  async #rotate(tx: Transaction, digest: string): Promise<{ account: AccountRow; next: string } | undefined> {
    const [presented] = await tx.rows<Presented>(lockFamily, [digest]);
    if (!presented || presented.ended_at !== null) return undefined;
    const { session_id, expires_at, state } = presented;
    const now = this.clock.now();
    const [used] = await tx.rows<{ issued_at: number }>(useToken, [digest, now]);
    const [repeated] = used ? [] : await tx.rows<{ issued_at: number }>(repeatToken, [digest, now, repeatFor]);
    const accepted = used ?? repeated;
    if (!accepted) {
      tx.last(endSession, [session_id, now, 'refresh_token_reused']);
      return undefined;
    }
    if (state !== 'active' || expires_at <= now || accepted.issued_at + refreshFor <= now) return undefined;
    if (used) tx.last(spendSiblings, [session_id, digest]);
    return { account: presented, next: issueRefreshToken(tx, session_id, now) };
  }
}

// The session's row is the lock of its family.
const lockFamily = `
  SELECT ${accountColumns}, s.session_id, s.expires_at, s.ended_at
  FROM station.sessions s JOIN station.accounts a ON a.account_id = s.account_id
  WHERE s.session_id = (SELECT t.session_id FROM station.refresh_tokens t WHERE t.digest = $1) FOR UPDATE OF s`;

// A statement of its own: it sees what was done while the lock was waited for.
const useToken = `
  UPDATE station.refresh_tokens SET used_at = to_timestamp($2::double precision / 1000)
  WHERE digest = $1 AND used_at IS NULL AND NOT spent RETURNING issued_at`;

// Only of the newest one that was used, and only once.
const repeatToken = `
  UPDATE station.refresh_tokens t SET spent = true
  WHERE t.digest = $1 AND NOT t.spent AND t.used_at > to_timestamp(($2::double precision - $3::double precision) / 1000)
    AND NOT EXISTS (SELECT FROM station.refresh_tokens o
                    WHERE o.session_id = t.session_id AND o.digest <> t.digest AND o.used_at >= t.used_at)
  RETURNING t.issued_at`;

// Of two answers to one token whoever uses the first goes on; the other one ends the session.
const spendSiblings = `
  UPDATE station.refresh_tokens SET spent = true WHERE session_id = $1 AND digest <> $2 AND used_at IS NULL`;
