import { Keystore, KeystoreFault, readWrappingKey, type WrappingKey } from '@yizhan/keystore';
import { badInput, environmentFault, messageOf, readNamedFile } from '@yizhan/process';
import type { ProcessSettings } from './service.config.js';

const directoryName = 'YIZHAN_KEYSTORE_DIRECTORY';
const keyName = 'YIZHAN_KEYSTORE_KEY_FILE';

/** The keystore that all processes of a service share. @throws Fault where it cannot be used. */
export async function openKeystore({ directory, keyFile }: ProcessSettings['keystore']): Promise<Keystore> {
  if (directory === undefined)
    throw badInput(`${directoryName} is not set`, 'Name the folder that all processes of this service share.');
  if (keyFile === undefined)
    throw badInput(`${keyName} is not set`, 'Name the file of the key that docker/make-secrets.mjs has made.');
  const wrapping = wrappingKeyIn(keyFile);
  try {
    const keystore = await Keystore.open({ folder: directory, wrapping });
    await keystore.assertWritable();
    return keystore;
  } catch (error) {
    if (error instanceof KeystoreFault) {
      throw environmentFault(`${keyName}: ${messageOf(error)}`, 'Put the right key back from a backup.');
    }
    throw environmentFault(`${directoryName}: ${messageOf(error)}`, 'Mount the folder, for this user to write to.');
  }
}

function wrappingKeyIn(file: string): WrappingKey {
  const text = readNamedFile(file, keyName);
  try {
    return readWrappingKey(text);
  } catch (error) {
    throw badInput(`${keyName}: ${file} holds no such key: ${messageOf(error)}`, 'Put it back from a backup.');
  }
}
