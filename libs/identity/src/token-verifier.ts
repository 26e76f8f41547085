import { Problem } from '@yizhan/kernel';
import { createLocalJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { Caller } from './caller.js';
import type { CredentialVerifier } from './credentials.js';
import { readClaims } from './read-claims.js';
import type { VerifyingKey } from './signing-key.js';
import { tokenRules } from './token-rules.js';

const options = {
  algorithms: [tokenRules.algorithm],
  issuer: tokenRules.issuer,
  audience: tokenRules.audience,
  requiredClaims: ['exp', 'sub', 'role'],
  clockTolerance: 5,
};

/** Reads tokens. Several keys may be in force at once, each named by its `kid`. */
export class TokenVerifier implements CredentialVerifier {
  private constructor(private readonly keys: JWTVerifyGetKey) {}

  static of(keys: readonly VerifyingKey[]): TokenVerifier {
    return new TokenVerifier(createLocalJWKSet({ keys: [...keys] }));
  }

  /** Who bears the token. @throws Problem `IDENTITY.TOKEN_REFUSED` that says why, without the token. */
  async verify(token: string): Promise<Caller> {
    try {
      const { payload } = await jwtVerify(token, this.keys, options);
      return new Caller(readClaims(payload), (payload.exp ?? 0) * 1000);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unreadable';
      throw new Problem('forbidden', 'IDENTITY.TOKEN_REFUSED', `the token is refused: ${reason}`);
    }
  }
}
