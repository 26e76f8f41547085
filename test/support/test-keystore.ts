import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keystore, newWrappingKey } from '@yizhan/keystore';

/** A keystore in a folder of its own. */
export async function openTestKeystore(): Promise<{ keystore: Keystore; folder: string; removeKeystore(): void }> {
  const parent = mkdtempSync(join(tmpdir(), 'yizhan-test-keystore-'));
  const folder = join(parent, 'keystore');
  return {
    keystore: await Keystore.open({ folder, wrapping: newWrappingKey() }),
    folder,
    removeKeystore: () => rmSync(parent, { recursive: true, force: true }),
  };
}
