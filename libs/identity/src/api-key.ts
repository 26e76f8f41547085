import { createHash, randomBytes } from 'node:crypto';

const prefix = 'yz_';
const shape = /^yz_([0-9a-f]{16})_([0-9a-f]{64})([0-9a-f]{8})$/;

/** A key of a system, as it is shown once: `yz_<id>_<secret and checksum>`. */
export interface NewApiKey {
  readonly keyId: string;
  readonly key: string;
}

/** A new key of 256 random bits. Its prefix and checksum let scanners of code and logs find one, and slips be told at once. */
export function newApiKey(): NewApiKey {
  const keyId = randomBytes(8).toString('hex');
  const body = `${prefix}${keyId}_${randomBytes(32).toString('hex')}`;
  return { keyId, key: `${body}${checksumOf(body)}` };
}

/** Whether a credential is meant as a key. */
export const isApiKey = (credential: string): boolean => credential.startsWith(prefix);

/** The id in a key that is written as one, with the right checksum. */
export function keyIdOf(key: string): string | undefined {
  const match = shape.exec(key);
  if (!match) return undefined;
  const [, keyId, , checksum] = match;
  return checksumOf(key.slice(0, -8)) === checksum ? keyId : undefined;
}

/** What is stored of a key: 256 random bits need neither salt nor a slow hash. */
export const digestOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const checksumOf = (body: string): string => createHash('sha256').update(`checksum ${body}`).digest('hex').slice(0, 8);
