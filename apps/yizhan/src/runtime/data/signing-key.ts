import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSigningKey, type SigningKey } from '@yizhan/identity';
import { environmentFault } from '@yizhan/process';
import { type DataDirectory, writePrivately } from './data-directory.js';

/** Where the key lies. */
export const signingKeyFile = (directory: DataDirectory): string => join(directory.keysFolder, 'token-signing.json');

/** Signs this data directory's tokens; made at the first start, and kept. */
export async function ensureSigningKey(directory: DataDirectory): Promise<SigningKey> {
  const file = signingKeyFile(directory);
  if (!existsSync(file)) {
    mkdirSync(directory.keysFolder, { recursive: true, mode: 0o700 });
    writePrivately(file, JSON.stringify(await newSigningKey()));
  }
  return readSigningKey(directory);
}

/** @throws Fault where no start has made one. */
export function readSigningKey(directory: DataDirectory): SigningKey {
  const file = signingKeyFile(directory);
  if (!existsSync(file)) {
    throw environmentFault(
      `${directory.path} has no signing key yet`,
      'Run "npx yizhan start" first, or name the right folder with --data.',
    );
  }
  const key = JSON.parse(readFileSync(file, 'utf8')) as Partial<SigningKey>;
  if (key.kty === 'OKP' && key.crv === 'Ed25519' && key.d && key.kid) return key as SigningKey;
  throw environmentFault(`${file} is damaged`, 'Remove it and start again: a new key is made, and every token ends.');
}
