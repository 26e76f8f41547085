import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFault, Fault, messageOf } from '@yizhan/process';

/** Of the format; another one is refused. */
export const backupFormat = 1;

export const manifestFile = 'manifest.json';

/** One file of a backup: gzip, then age. */
export interface BackupPart {
  readonly file: string;
  /** Bytes of the file. */
  readonly fileBytes: number;
  /** SHA-256 of the file, hex. */
  readonly fileSha256: string;
  /** Bytes before they were packed and encrypted. */
  readonly bytes: number;
  /** SHA-256 of them, hex. */
  readonly sha256: string;
}

/** The rows of one table in the text format of COPY, in the order of its primary key. */
export interface TablePart extends BackupPart {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly orderBy: readonly string[];
  readonly rows: number;
}

export interface SequenceValue {
  readonly schema: string;
  readonly name: string;
  /** The last one that was given. */
  readonly value: string;
}

/** Why a backup was made: at its time, or before the data are brought to a newer version. */
export type BackupReason = 'regular' | 'upgrade';

/** What a backup holds; itself not secret, and sealed with the key of the backups. */
export interface Manifest {
  readonly format: number;
  /** Of the program that has made it. */
  readonly version: string;
  /** Of the data directory that it was made of. */
  readonly directoryId: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly reason: BackupReason;
  /** Events in the log. */
  readonly events: number;
  /** What the database took on its disk, bytes; absent where an older version has made it. */
  readonly databaseBytes?: number;
  /** Names of migrations that had run, by schema. */
  readonly migrations: Readonly<Record<string, readonly string[]>>;
  readonly tables: readonly TablePart[];
  readonly sequences: readonly SequenceValue[];
  /** Files of the folder `keys`, which tokens and slips are signed with and the keystore is wrapped with. */
  readonly keys: BackupPart;
}

/** As it lies in the backup. */
interface SealedManifest {
  readonly manifest: Manifest;
  /** HMAC-SHA-256 of the manifest's JSON, hex. */
  readonly seal: string;
}

export const sealedManifest = (manifest: Manifest, seal: (text: string) => string): string =>
  `${JSON.stringify({ manifest, seal: seal(JSON.stringify(manifest)) } satisfies SealedManifest, null, 1)}\n`;

/** What a folder says of itself, believed without a key: to list backups, never to restore one. Undefined where it is damaged. */
export function readUnproven(folder: string): Manifest | undefined {
  try {
    return readSealed(folder).manifest;
  } catch (error) {
    // Whoever restores it is told what is wrong.
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

/** @throws Fault where the folder holds no backup, one of another format, or one that was sealed with another key. */
export function readManifest(folder: string, seal: (text: string) => string): Manifest {
  const { manifest, seal: found } = readSealed(folder);
  if (manifest.format !== backupFormat) {
    throw environmentFault(
      `${folder} is a backup of format ${manifest.format}, and this version reads format ${backupFormat}`,
      `Restore it with Yizhan ${manifest.version}, which has made it.`,
    );
  }
  if (found === seal(JSON.stringify(manifest))) return manifest;
  throw environmentFault(
    `${folder} was made with another key, or was changed since`,
    'Name the key file of the station that has made it with --key.',
  );
}

function readSealed(folder: string): SealedManifest {
  const file = join(folder, manifestFile);
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<SealedManifest>;
    if (typeof read.manifest?.format === 'number' && typeof read.seal === 'string') return read as SealedManifest;
  } catch (error) {
    throw environmentFault(
      `${folder} is no backup: ${messageOf(error)}`,
      'Name a folder that "npx yizhan backup" has made.',
    );
  }
  throw environmentFault(`${file} is damaged`, 'Restore another backup: "npx yizhan backup --list" shows them.');
}
