import { randomBytes, randomUUID } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ownerRole, servicePlaces } from '@yizhan/persistence';
import { badInput, environmentFault, messageOf, systemCode } from '@yizhan/process';

/** Random passwords of this data directory: never shown, never the same twice. */
export interface Secrets {
  /** Tells this data directory from every other; the only part that may be shown. */
  readonly id: string;
  readonly admin: string;
  /** By role name. */
  readonly roles: Readonly<Record<string, string>>;
}

/** Everything that one copy of the product keeps, and where. */
export class DataDirectory {
  readonly keysFolder = join(this.path, 'keys');
  readonly lockFile = join(this.path, 'yizhan.lock');
  readonly postgresFolder = join(this.path, 'postgres');
  readonly postgresFile = join(this.path, 'postgres.json');
  /** Where backups of the database go unless somebody names another folder. */
  readonly backupFolder = `${this.path}-backups`;
  readonly postgresLog = join(this.path, 'postgres.log');
  readonly #secretsFile = join(this.path, 'secrets.json');

  /** @param keystoreFolder where the keys of personal data lie: not in here, so that no copy of this folder has them. */
  constructor(
    readonly path: string,
    readonly keystoreFolder = `${path}-keystore`,
  ) {}

  /** Whether a first start has been here. */
  get isInUse(): boolean {
    return existsSync(this.#secretsFile);
  }

  /** Makes the folder where it is missing. @throws Fault where it cannot be ours. */
  makeFolder(): void {
    // As root PostgreSQL runs as another user, who has to pass through.
    const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
    try {
      if (!existsSync(this.path)) {
        mkdirSync(this.path, { recursive: true });
        chmodSync(this.path, mode);
      }
      if (!statSync(this.path).isDirectory()) throw badInput(`${this.path} is a file, not a folder`);
      accessSync(this.path, constants.R_OK | constants.W_OK | constants.X_OK);
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      throw environmentFault(
        `cannot write to the data directory ${this.path}: ${messageOf(error)}`,
        'Give yourself the rights to it, or name another folder with --data.',
      );
    }
    this.#refuseWhatIsNotOurs();
  }

  /** Makes the secrets where they are missing; the caller holds the lock, or two starters would each make their own. */
  ensureSecrets(): Secrets {
    if (existsSync(this.#secretsFile)) return this.#readSecrets();
    const newPassword = (): string => randomBytes(24).toString('base64url');
    const roles = [ownerRole, ...Object.values(servicePlaces).map(({ role }) => role)];
    const secrets = {
      id: randomUUID(),
      admin: newPassword(),
      roles: Object.fromEntries(roles.map((role) => [role, newPassword()])),
    };
    writePrivately(this.#secretsFile, JSON.stringify(secrets, null, 2));
    return secrets;
  }

  /** @throws Fault where no first start has been here. */
  readSecrets(): Secrets {
    if (this.isInUse) return this.#readSecrets();
    throw environmentFault(
      `${this.path} is no data directory of Yizhan`,
      'Run "npx yizhan start" first, or name the right folder with --data.',
    );
  }

  #readSecrets(): Secrets {
    const text = readOurs(this.#secretsFile);
    try {
      const { id, admin, roles } = JSON.parse(text) as Partial<Secrets>;
      if (typeof admin === 'string' && typeof roles === 'object') return this.#completed({ id, admin, roles });
    } catch {
      // Told below.
    }
    throw environmentFault(
      `${this.#secretsFile} is damaged`,
      'Put it back from a backup: the database opens with it only.',
    );
  }

  /** A newer version may have roles that the first start did not know, or the id. */
  #completed(secrets: Omit<Secrets, 'id'> & { readonly id: string | undefined }): Secrets {
    const missing = Object.values(servicePlaces).filter(({ role }) => !(role in secrets.roles));
    const { id = randomUUID() } = secrets;
    if (missing.length === 0 && secrets.id !== undefined) return { ...secrets, id };
    const added = Object.fromEntries(missing.map(({ role }) => [role, randomBytes(24).toString('base64url')]));
    const complete = { ...secrets, id, roles: { ...secrets.roles, ...added } };
    writePrivately(this.#secretsFile, JSON.stringify(complete, null, 2));
    return complete;
  }

  #refuseWhatIsNotOurs(): void {
    const names = readdirSync(this.path);
    if (names.length === 0 || this.isInUse || existsSync(this.lockFile)) return;
    if (existsSync(this.postgresFile)) {
      throw environmentFault(
        `${this.path} holds a database, but its secrets.json is missing`,
        'Put it back from a backup: the database opens with it only.',
      );
    }
    throw badInput(
      `${this.path} is not empty and holds nothing of Yizhan`,
      'Name an empty or a new folder with --data.',
    );
  }
}

/** Writes a file that only its owner may read, whole or not at all, also through a power cut. */
export function writePrivately(path: string, text: string | Uint8Array): void {
  const draft = `${path}.${process.pid}`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeFileSync(file, text);
    // What root does to somebody's data directory stays his.
    const { uid, gid } = statSync(dirname(path));
    if (process.getuid?.() === 0) fchownSync(file, uid, gid);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
  syncFolder(dirname(path));
}

/** Makes the names in a folder survive a power cut. */
export function syncFolder(path: string): void {
  // Windows does not open folders.
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function readOurs(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw environmentFault(`cannot read ${path}: ${messageOf(error)}`, 'Run as the user who started Yizhan first.');
  }
}
