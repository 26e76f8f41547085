import type { Claims, TokenSigner } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { type AccountRow, scopeOf } from '../accounts/account.entity.js';

/** How long a token opens doors: what is taken from an account meanwhile, its next token does not have. */
export const accessFor = 15 * 60;

/** Makes short-lived tokens for accounts, where this installation signs its own. */
export class AccessTokens {
  constructor(private readonly signer: TokenSigner | undefined) {}

  /** @throws Problem `IDENTITY.SIGNS_IN_ELSEWHERE` where none are made here. */
  assertSigns(): void {
    if (this.signer) return;
    const message = 'people sign in at the OpenID Connect provider of this installation, not here';
    throw new Problem('forbidden', 'IDENTITY.SIGNS_IN_ELSEWHERE', message);
  }

  /** For everything that the account may do. */
  forAccount(row: AccountRow): Promise<string> {
    return this.sign({ sub: row.account_id, role: row.role, ...scopeOf(row) }, accessFor);
  }

  /** @throws Problem as `assertSigns`. */
  async sign(claims: Claims, seconds: number): Promise<string> {
    this.assertSigns();
    return (await this.signer?.sign(claims, seconds)) ?? '';
  }
}
