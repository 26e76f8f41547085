import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keystore, type KeystoreSettings, newWrappingKey } from '@yizhan/keystore';

export interface TestKeystore {
  readonly keystore: Keystore;
  readonly folder: string;
  /** With which another process opens it. */
  readonly settings: KeystoreSettings;
  /** As another process has it. */
  openAgain(): Promise<Keystore>;
  removeKeystore(): void;
}

/** A keystore in a folder of its own. */
export async function openTestKeystore(): Promise<TestKeystore> {
  const parent = mkdtempSync(join(tmpdir(), 'yizhan-test-keystore-'));
  const folder = join(parent, 'keystore');
  const wrapping = newWrappingKey();
  const open = () => Keystore.open({ folder, wrapping });
  return {
    keystore: await open(),
    openAgain: open,
    folder,
    settings: { folder, wrapping },
    removeKeystore: () => rmSync(parent, { recursive: true, force: true }),
  };
}
