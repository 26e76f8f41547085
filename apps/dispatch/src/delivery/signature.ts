import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';
const secretBytes = 32;

/** A new secret of Standard Webhooks 1.0: `whsec_` and 256 random bits in base64. */
export const newSecret = (): string => `${prefix}${randomBytes(secretBytes).toString('base64')}`;

/** The bytes that a secret stands for. @throws Error where it is none. */
export function keyOfSecret(secret: string): Buffer {
  const text = secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
  const key = Buffer.from(text, 'base64');
  if (key.length === 0) throw new Error('the secret of a webhook is empty');
  return key;
}

/** What a message is signed as. */
export interface SignedMessage {
  /** `webhook-id`. */
  readonly id: string;
  /** `webhook-timestamp`: seconds since 1970. */
  readonly timestamp: number;
  readonly body: string;
}

/** `webhook-signature`: one signature of scheme v1 (HMAC-SHA-256, base64) for each key, with spaces between. */
export function signatureOf({ id, timestamp, body }: SignedMessage, keys: readonly Buffer[]): string {
  const content = `${id}.${timestamp}.${body}`;
  return keys.map((key) => `v1,${createHmac('sha256', key).update(content).digest('base64')}`).join(' ');
}
