import { timingSafeEqual } from 'node:crypto';
import { type Clock, Problem } from '@yizhan/kernel';
import { digestOfSecret, keyIdOf } from './api-key.js';
import { Caller, type Claims } from './caller.js';
import type { CredentialVerifier } from './credentials.js';

/** What is kept of a key. */
export interface StoredApiKey {
  /** SHA-256 of the key, hex. */
  readonly digest: string;
  readonly claims: Claims;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  readonly revokedAt: number | null;
}

export interface ApiKeyStore {
  find(keyId: string): Promise<StoredApiKey | undefined>;
  /** Told of every use. */
  noteUse(keyId: string): void;
}

/** Tells whose a key is. */
export class ApiKeyVerifier implements CredentialVerifier {
  constructor(
    private readonly store: ApiKeyStore,
    private readonly clock: Clock,
  ) {}

  async verify(credential: string): Promise<Caller> {
    const keyId = keyIdOf(credential);
    if (keyId === undefined) throw refused('it is not written as a key: a part is missing or mistyped');
    const stored = await this.store.find(keyId);
    const isIt = stored !== undefined && isSame(digestOfSecret(credential), stored.digest);
    if (!isIt) throw refused('there is no such key');
    if (stored.revokedAt !== null) throw refused('the key is revoked');
    if (stored.expiresAt <= this.clock.now()) throw refused('the key has ended');
    this.store.noteUse(keyId);
    return new Caller(stored.claims, stored.expiresAt);
  }
}

const isSame = (one: string, other: string): boolean => timingSafeEqual(Buffer.from(one), Buffer.from(other));

const refused = (why: string): Problem =>
  new Problem('forbidden', 'IDENTITY.TOKEN_REFUSED', `the token is refused: ${why}`);
