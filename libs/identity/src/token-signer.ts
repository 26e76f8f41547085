import { importJWK, SignJWT } from 'jose';
import type { Claims } from './caller.js';
import { readClaims } from './read-claims.js';
import type { SigningKey } from './signing-key.js';
import { tokenRules } from './token-rules.js';

type PrivateKey = Awaited<ReturnType<typeof importJWK>>;

/** Makes tokens: EdDSA JWT with an end. Times are the wall clock's, whatever clock the product runs on. */
export class TokenSigner {
  private constructor(
    private readonly key: PrivateKey,
    private readonly kid: string,
  ) {}

  static async of(key: SigningKey): Promise<TokenSigner> {
    return new TokenSigner(await importJWK(key, tokenRules.algorithm), key.kid);
  }

  /** A token that ends after `expiresInSeconds`. @throws TypeError where the claims are incomplete. */
  sign(claims: Claims, expiresInSeconds: number): Promise<string> {
    const { sub, ...others } = readClaims({ ...claims });
    return new SignJWT({ ...others })
      .setProtectedHeader({ alg: tokenRules.algorithm, kid: this.kid, typ: 'JWT' })
      .setSubject(sub)
      .setIssuer(tokenRules.issuer)
      .setAudience(tokenRules.audience)
      .setIssuedAt()
      .setExpirationTime(`${expiresInSeconds} seconds`)
      .sign(this.key);
  }
}
