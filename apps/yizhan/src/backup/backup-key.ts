import { createHmac, hkdfSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFault } from '@yizhan/process';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { type DataDirectory, writePrivately } from '../runtime/data/data-directory.js';

/** What backups are encrypted and sealed with. */
export interface BackupKey {
  /** `AGE-SECRET-KEY-1…`: opens them. */
  readonly identity: string;
  /** `age1…`: they are encrypted for it. */
  readonly recipient: string;
}

export const backupKeyFile = (directory: DataDirectory): string => join(directory.keysFolder, 'backup-key.txt');

/** The key of this station's backups, made at the first one. @returns whether it was made now, too. */
export async function ensureBackupKey(directory: DataDirectory): Promise<BackupKey & { readonly isNew: boolean }> {
  const file = backupKeyFile(directory);
  const isNew = !existsSync(file);
  if (isNew) {
    mkdirSync(directory.keysFolder, { recursive: true, mode: 0o700 });
    const identity = await generateX25519Identity();
    writePrivately(file, keyText(identity, await identityToRecipient(identity)));
  }
  return { ...(await readBackupKey(file)), isNew };
}

/** Reads a file as `age -i` takes it. @throws Fault where it holds no key. */
export async function readBackupKey(file: string): Promise<BackupKey> {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const identity = /^AGE-SECRET-KEY-1[A-Z0-9]+$/m.exec(text)?.[0];
  if (identity !== undefined) return { identity, recipient: await identityToRecipient(identity) };
  throw environmentFault(
    `${file} holds no key of backups`,
    'Name the copy of backup-key.txt that was kept elsewhere with --key.',
  );
}

const keyText = (identity: string, recipient: string): string =>
  `# Opens the backups of this station (age-encryption.org). Keep a copy elsewhere: without it none can be restored.
# public key: ${recipient}
${identity}
`;

/** Seals texts so that whoever has not the key can make none of his own. */
export function sealWith({ identity }: BackupKey): (text: string) => string {
  const key = Buffer.from(hkdfSync('sha256', identity, '', 'yizhan backup seal', 32));
  return (text) => createHmac('sha256', key).update(text).digest('hex');
}
