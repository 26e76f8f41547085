import type { ProviderSettings } from '@yizhan/process';
import { Problem } from '@yizhan/kernel';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { Caller } from '../caller.js';
import type { CredentialVerifier } from '../credentials.js';
import { mapClaims } from './map-claims.js';
import { type KeyFetching, ProviderKeys } from './provider-keys.js';

/** Reads the tokens of an OpenID Connect provider. */
export class ProviderVerifier implements CredentialVerifier {
  readonly issuer: string;
  readonly #keys: ProviderKeys;

  constructor(
    private readonly settings: ProviderSettings,
    fetching: Omit<KeyFetching, 'issuer'>,
  ) {
    this.issuer = settings.issuer;
    this.#keys = new ProviderKeys({ ...fetching, issuer: settings.issuer });
  }

  /** Asks for the provider's keys. A provider that is away is no fault: it is asked again. */
  start(): Promise<void> {
    return this.#keys.start();
  }

  stop(): void {
    this.#keys.stop();
  }

  /** @throws Problem as `CredentialVerifier`, or `unavailable` while the provider has never answered. */
  async verify(token: string): Promise<Caller> {
    try {
      const keys = await this.#keys.holding(decodeProtectedHeader(token).kid);
      if (!keys) {
        throw new Problem('unavailable', 'IDENTITY.PROVIDER_AWAY', 'the OpenID Connect provider has not answered yet');
      }
      const { payload } = await jwtVerify(token, keys, {
        algorithms: [...this.settings.algorithms],
        issuer: this.issuer,
        audience: this.settings.audience,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: 5,
      });
      return new Caller(mapClaims(payload, this.settings), (payload.exp ?? 0) * 1_000);
    } catch (error) {
      if (error instanceof Problem) throw error;
      const reason = error instanceof Error ? error.message : 'unreadable';
      throw new Problem('forbidden', 'IDENTITY.TOKEN_REFUSED', `the token is refused: ${reason}`);
    }
  }
}
