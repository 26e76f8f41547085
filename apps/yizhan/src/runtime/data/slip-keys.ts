import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSigningKey, publicKeyOf } from '@yizhan/identity';
import { environmentFault } from '@yizhan/process';
import { readSlipKeySet, type SlipKeySet } from '@yizhan/service-process';
import { type DataDirectory, writePrivately } from './data-directory.js';

/** Keys that handoff slips are signed with, the one in use first; a JWKS that a process of its own can be given too. */
export const slipKeysFile = (directory: DataDirectory): string => join(directory.keysFolder, 'slip-keys.json');

/** Made at the first start, and kept: what was printed years ago is still verified. */
export async function ensureSlipKeys(directory: DataDirectory): Promise<SlipKeySet> {
  const file = slipKeysFile(directory);
  if (!existsSync(file)) {
    mkdirSync(directory.keysFolder, { recursive: true, mode: 0o700 });
    write(directory, [await newSigningKey()]);
  }
  return readSlipKeys(directory);
}

/** @throws Fault where no start has made them. */
export function readSlipKeys(directory: DataDirectory): SlipKeySet {
  const file = slipKeysFile(directory);
  if (!existsSync(file)) {
    throw environmentFault(
      `${directory.path} has no keys for slips yet`,
      'Run "npx yizhan start" first, or name the right folder with --data.',
    );
  }
  return readSlipKeySet(readFileSync(file, 'utf8'), file);
}

/** From the next start on another key signs. What the old ones have signed is still verified; they can sign no more. */
export async function rotateSlipKeys(directory: DataDirectory): Promise<SlipKeySet> {
  const old = readSlipKeys(directory).map((key) => ('d' in key ? publicKeyOf(key) : key));
  const keys = [await newSigningKey(), ...old];
  write(directory, keys);
  return keys;
}

function write(directory: DataDirectory, keys: SlipKeySet): void {
  writePrivately(slipKeysFile(directory), JSON.stringify({ keys }));
}
