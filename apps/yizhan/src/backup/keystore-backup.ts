import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { badInput, environmentFault, messageOf } from '@yizhan/process';
import { Decrypter, Encrypter } from 'age-encryption';
import { type DataDirectory, syncFolder, writePrivately } from '../runtime/data/data-directory.js';
import { liesInside } from '../runtime/data/lies-inside.js';
import { shortOf } from './backup-folder.js';
import { type BackupKey, ensureBackupKey, sealWith } from './backup-key.js';

const format = 1;
const day = 86_400_000;
/** Whoever was erased is in copies of the keystore until the last one with his key is destroyed. */
export const keystoreCopiesKeptDays = 30;

interface KeystoreCopy {
  readonly format: number;
  readonly directoryId: string;
  readonly createdAt: string;
  /** Text of each file, by its path with slashes. */
  readonly files: Readonly<Record<string, string>>;
}

interface FoundCopy {
  readonly file: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface KeystoreBackup {
  readonly file: string;
  readonly keys: number;
  /** Older copies that were destroyed. */
  readonly destroyed: readonly string[];
}

/**
 * Copies the wrapped keys of personal data, encrypted, and destroys copies of this station that are older than `keepDays`.
 * What they are wrapped with is in the backups of the database alone: neither opens anything without the other.
 */
export async function backUpKeystore(
  directory: DataDirectory,
  target: string,
  { now, keepDays = keystoreCopiesKeptDays }: { readonly now: number; readonly keepDays?: number },
): Promise<KeystoreBackup> {
  const { id } = directory.readSecrets();
  if (!existsSync(directory.keystoreFolder)) {
    throw environmentFault(`there is no keystore at ${directory.keystoreFolder}`, 'It is made with the first person.');
  }
  const key = await ensureBackupKey(directory);
  const createdAt = new Date(now).toISOString();
  const copy: KeystoreCopy = { format, directoryId: id, createdAt, files: filesBelow(directory.keystoreFolder) };
  const text = JSON.stringify(copy);
  const encrypter = new Encrypter();
  encrypter.addRecipient(key.recipient);
  const sealed = await encrypter.encrypt(gzipSync(`${sealWith(key)(text)}\n${text}`));
  mkdirSync(target, { recursive: true, mode: 0o700 });
  const stamp = createdAt.replace(/\.\d+Z$/, 'Z').replaceAll(/[-:]/g, '');
  const file = join(target, `yizhan-keystore-${shortOf(id)}-${stamp}.json.gz.age`);
  writePrivately(file, sealed);
  const destroyed = keystoreCopiesIn(target, id).filter(({ at }) => at < now - keepDays * day);
  for (const { file: old } of destroyed) rmSync(old);
  return { file, keys: Object.keys(copy.files).length, destroyed: destroyed.map(({ file: old }) => old) };
}

/** Of one station, the newest first. */
export function keystoreCopiesIn(target: string, directoryId: string): FoundCopy[] {
  if (!existsSync(target)) return [];
  const pattern = new RegExp(
    `^yizhan-keystore-${shortOf(directoryId)}-(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)Z\\.json\\.gz\\.age$`,
  );
  return readdirSync(target)
    .flatMap((name) => {
      const [, year, month, date, hours, minutes, seconds] = pattern.exec(name) ?? [];
      if (year === undefined) return [];
      return [{ file: join(target, name), at: Date.parse(`${year}-${month}-${date}T${hours}:${minutes}:${seconds}Z`) }];
    })
    .toSorted((a, b) => b.at - a.at);
}

/**
 * Puts a copy back where no keystore is. Whoever was erased since is forgotten again at the next start, where the database
 * says so. @throws Fault where there is one, or the file was not made with this key.
 */
export async function restoreKeystore(file: string, key: BackupKey, directory: DataDirectory): Promise<number> {
  const { keystoreFolder } = directory;
  if (existsSync(keystoreFolder) && readdirSync(keystoreFolder).length > 0) {
    throw environmentFault(
      `${keystoreFolder} holds keys, and a restore overwrites nothing`,
      `The keys that are there have lost nobody but who was erased. To give them up: mv "${keystoreFolder}" "${keystoreFolder}.before"`,
    );
  }
  const { files } = await readCopy(file, key);
  const draft = `${keystoreFolder}.restoring`;
  rmSync(draft, { recursive: true, force: true });
  const folders = new Set([draft]);
  for (const [name, text] of Object.entries(files)) {
    const path = join(draft, ...name.split('/'));
    if (!liesInside(draft, path)) throw badInput(`${file} names a file outside of the keystore`);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    folders.add(dirname(path));
    writeFileSync(path, text, { mode: 0o600, flush: true });
  }
  for (const folder of folders) syncFolder(folder);
  rmSync(keystoreFolder, { recursive: true, force: true });
  renameSync(draft, keystoreFolder);
  syncFolder(dirname(keystoreFolder));
  return Object.keys(files).length;
}

async function readCopy(file: string, key: BackupKey): Promise<KeystoreCopy> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(key.identity);
  try {
    const plain = gunzipSync(await decrypter.decrypt(readFileSync(file))).toString('utf8');
    const [seal, text] = [plain.slice(0, plain.indexOf('\n')), plain.slice(plain.indexOf('\n') + 1)];
    const copy = JSON.parse(text) as KeystoreCopy;
    if (seal === sealWith(key)(text) && copy.format === format) return copy;
  } catch (error) {
    throw environmentFault(`${file} cannot be restored: ${messageOf(error)}`, 'Name the key that it was made with.');
  }
  throw environmentFault(`${file} was changed since it was made, or is of another version`, 'Restore another copy.');
}

/** What is being written has no name of its own yet, and may be gone in a moment. */
const isDraft = (name: string): boolean => /^drafts\/|\.(draft|next)-/.test(name);

function filesBelow(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(folder, path).split(sep).join('/'), path] as const)
    .filter(([name]) => !isDraft(name))
    .map(([name, path]) => [name, readFileSync(path, 'utf8')] as const);
  return Object.fromEntries(files);
}
