import { Injectable } from '@nestjs/common';
import { digestOfSecret } from '@yizhan/identity';
import { Clock, Ids, Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { assertFits } from '../accounts/account.js';
import { accountColumns, type AccountRow } from '../accounts/account.entity.js';
import { hashOf } from '../accounts/hashing.js';
import { accessFor, AccessTokens } from './access-tokens.js';
import { lockClaims, readClaimed } from './claim-link.js';
import { startSession } from './session.repository.js';
import type { SessionAnswer } from './sign-in.js';

export interface ClaimInput {
  /** What the link had behind `#`. */
  readonly token: string;
  readonly accountId: string;
  readonly password: string;
}

/** Makes whoever has the claim link the first administrator, once. */
@Injectable()
export class ClaimInstallation {
  constructor(
    private readonly database: Database,
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async execute({ token, accountId, password }: ClaimInput): Promise<SessionAnswer> {
    this.tokens.assertSigns();
    assertFits(accountId, 'administrator', {});
    const at = this.clock.now();
    const digest = digestOfSecret(token);
    // Before anything slow: whoever has no link shall not keep us busy.
    if ((await this.database.rows(findClaim, [digest, at])).length === 0) throw refused();
    const hash = await hashOf('password', password);
    const { account, refreshToken } = await this.database.transaction(async (tx) => {
      await tx.rows(lockClaims, []);
      const [{ claimed }] = await tx.rows<{ claimed: boolean }>(readClaimed, []);
      const used = await tx.rows(useClaim, [digest, at]);
      if (claimed || used.length === 0) throw refused();
      const made = await tx.one<AccountRow>(insertAdministrator, [accountId, hash, at]);
      const sessionId = this.ids.uuid(`session of claim ${digest}`, at);
      return { account: made, refreshToken: startSession(tx, { sessionId, accountId, at }) };
    });
    return { accountId, token: await this.tokens.forAccount(account), expiresInSeconds: accessFor, refreshToken };
  }
}

const refused = (): Problem =>
  new Problem(
    'forbidden',
    'CLAIM.REFUSED',
    'this link is unknown, used or over; the first administrator lets others in',
  );

const isOpen = `digest = $1 AND used_at IS NULL AND expires_at > to_timestamp($2::double precision / 1000)`;

const findClaim = `SELECT 1 FROM station.claims WHERE ${isOpen}`;

const useClaim = `
  UPDATE station.claims SET used_at = to_timestamp($2::double precision / 1000) WHERE ${isOpen} RETURNING digest`;

const insertAdministrator = `
  INSERT INTO station.accounts AS a (account_id, role, state, password_hash, created_at, created_by)
  VALUES ($1, 'administrator', 'active', $2, to_timestamp($3::double precision / 1000), $1)
  RETURNING ${accountColumns}`;
