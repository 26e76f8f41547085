import { Problem } from '@yizhan/kernel';
import { decodeJwt } from 'jose';
import { isApiKey } from './api-key.js';
import type { Caller } from './caller.js';

/** Tells who bears what was sent as `Authorization: Bearer`. */
export interface CredentialVerifier {
  /** @throws Problem `IDENTITY.TOKEN_REFUSED` that says why, without the credential. */
  verify(credential: string): Promise<Caller>;
}

export interface CredentialParts {
  /** Tokens that this product has signed; absent where it signs none. */
  readonly tokens?: CredentialVerifier | undefined;
  /** Keys of systems. */
  readonly apiKeys?: CredentialVerifier | undefined;
  /** Tokens of an OpenID Connect provider. */
  readonly provider?: (CredentialVerifier & { readonly issuer: string }) | undefined;
  /** Whether an account is suspended: nothing signed for it is taken then. */
  readonly isSuspended?: ((subject: string) => Promise<boolean>) | undefined;
  /** The stations that lie in counties. */
  readonly stationsIn?: ((counties: readonly string[]) => Promise<readonly string[]>) | undefined;
}

/** Everything that the one guard takes: our own tokens, those of a provider, keys of systems. */
export class Credentials implements CredentialVerifier {
  constructor(private readonly parts: CredentialParts) {}

  async verify(credential: string): Promise<Caller> {
    const caller = await this.#verifierOf(credential).verify(credential);
    if (await this.parts.isSuspended?.(caller.subject)) {
      throw new Problem('forbidden', 'IDENTITY.TOKEN_REFUSED', 'the token is refused: its account is suspended');
    }
    if (!caller.isOfCounties) return caller;
    return caller.seeing((await this.parts.stationsIn?.(caller.counties)) ?? []);
  }

  #verifierOf(credential: string): CredentialVerifier {
    const { tokens, apiKeys, provider } = this.parts;
    if (isApiKey(credential)) return apiKeys ?? refusing('keys of systems are not taken here');
    if (provider && issuerOf(credential) === provider.issuer) return provider;
    return tokens ?? refusing('it is not of the provider that is trusted here');
  }
}

/** Said by the token itself: only to know who has to check it. */
function issuerOf(credential: string): string | undefined {
  try {
    return decodeJwt(credential).iss;
  } catch {
    // Refused as what it is by whoever checks it.
    return undefined;
  }
}

const refusing = (why: string): CredentialVerifier => ({
  verify: () => Promise.reject(new Problem('forbidden', 'IDENTITY.TOKEN_REFUSED', `the token is refused: ${why}`)),
});
