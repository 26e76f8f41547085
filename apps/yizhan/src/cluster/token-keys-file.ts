import { join } from 'node:path';
import { publicKeyOf, type SigningKey } from '@yizhan/identity';
import { type DataDirectory, writePrivately } from '../runtime/data/data-directory.js';

/** Writes the public keys that the processes check tokens with (RFC 7517). @returns the file. */
export function writeTokenKeys(directory: DataDirectory, signingKey: SigningKey): string {
  const file = join(directory.keysFolder, 'token-keys.json');
  writePrivately(file, JSON.stringify({ keys: [publicKeyOf(signingKey)] }));
  return file;
}
