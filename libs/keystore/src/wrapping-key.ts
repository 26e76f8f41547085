import { createHash, randomBytes } from 'node:crypto';

/** The key that encrypts every other key of a keystore, as a JWK (RFC 7517). It lies elsewhere than they do. */
export interface WrappingKey {
  readonly kty: 'oct';
  /** RFC 7638 thumbprint. */
  readonly kid: string;
  /** 32 random bytes, base64url. */
  readonly k: string;
}

/** Makes a wrapping key. */
export function newWrappingKey(): WrappingKey {
  const k = randomBytes(32).toString('base64url');
  return { kty: 'oct', kid: thumbprint(k), k };
}

/** Reads a JWK. @throws TypeError that says what is wrong, without the key. */
export function readWrappingKey(text: string): WrappingKey {
  const { kty, kid, k } = parsed(text);
  if (kty !== 'oct' || typeof k !== 'string') throw new TypeError('it is no JWK of kty oct');
  if (Buffer.from(k, 'base64url').length !== 32) throw new TypeError('its key is not 32 bytes long');
  if (kid !== thumbprint(k)) throw new TypeError('its kid is not the thumbprint of its key');
  return { kty, kid, k };
}

function parsed(text: string): Partial<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Its message would repeat what the file holds.
  }
  throw new TypeError('it is no JSON object');
}

const thumbprint = (k: string): string =>
  createHash('sha256')
    .update(JSON.stringify({ k, kty: 'oct' }))
    .digest('base64url');
