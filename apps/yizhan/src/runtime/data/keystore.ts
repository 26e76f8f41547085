import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Keystore, newWrappingKey, readWrappingKey } from '@yizhan/keystore';
import { badInput, environmentFault, messageOf } from '@yizhan/process';
import { type DataDirectory, writePrivately } from './data-directory.js';
import { liesInside } from './lies-inside.js';

/**
 * The keystore of this data directory. The keys lie beside it and what they are wrapped with inside, so that a copy of one
 * of the two folders opens nothing. @throws Fault where they do not belong together.
 */
export async function openKeystoreOf(directory: DataDirectory): Promise<Keystore> {
  const file = ensureWrappingKey(directory);
  try {
    return await Keystore.open({
      folder: directory.keystoreFolder,
      wrapping: readWrappingKey(readFileSync(file, 'utf8')),
    });
  } catch (error) {
    throw environmentFault(
      `${file} does not fit the keystore ${directory.keystoreFolder}: ${messageOf(error)}`,
      'Put both back from backups, or name the right keystore in YIZHAN_KEYSTORE_DIRECTORY.',
    );
  }
}

/** Makes the keystore for processes of their own. @returns where it lies, and the file of what it is wrapped with. */
export function makeKeystore(directory: DataDirectory): { directory: string; keyFile: string } {
  const keyFile = ensureWrappingKey(directory);
  mkdirSync(directory.keystoreFolder, { recursive: true, mode: 0o700 });
  return { directory: directory.keystoreFolder, keyFile };
}

/** @returns the file of the key that the keystore is wrapped with, made where it is missing. */
function ensureWrappingKey(directory: DataDirectory): string {
  if (liesInside(directory.path, directory.keystoreFolder)) {
    throw badInput(
      `the keystore ${directory.keystoreFolder} lies inside the data directory`,
      'Name a folder elsewhere: whoever copies the data directory must not copy the keys with it.',
    );
  }
  const file = join(directory.keysFolder, 'keystore-wrapping.json');
  if (existsSync(file)) return file;
  mkdirSync(directory.keysFolder, { recursive: true, mode: 0o700 });
  writePrivately(file, JSON.stringify(newWrappingKey()));
  return file;
}
