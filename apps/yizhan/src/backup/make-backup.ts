import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { servicePlaces } from '@yizhan/persistence';
import { environmentFault, ownVersion, systemCode } from '@yizhan/process';
import { Client } from 'pg';
import { type DataDirectory, syncFolder, writePrivately } from '../runtime/data/data-directory.js';
import type { DatabaseServer } from '../runtime/postgres/database-server.js';
import { backupName, backupsIn, draftOf, type FoundBackup, sizeOf } from './backup-folder.js';
import { type BackupKey, ensureBackupKey, sealWith } from './backup-key.js';
import { writeEncrypted } from './encrypted-file.js';
import {
  backupFormat,
  type BackupReason,
  type Manifest,
  manifestFile,
  sealedManifest,
  type TablePart,
} from './manifest.js';
import { refuseWithoutFree } from './room.js';
import { copySettings, rowsOf, sequencesOf, tablesOf } from './table-copies.js';

export interface BackupSettings {
  readonly server: DatabaseServer;
  readonly directory: DataDirectory;
  /** Folder of backups; made where it is missing. */
  readonly target: string;
  readonly reason: BackupReason;
  /** Epoch milliseconds. */
  readonly now: number;
  /** What stays free of the disk that a backup shares with its station, bytes. */
  readonly reserveBytes: number;
}

export interface MadeBackup extends FoundBackup {
  readonly bytes: number;
  /** Whether the key was made with it: somebody has to keep a copy. */
  readonly isKeyNew: boolean;
}

export const productSchemas = Object.values(servicePlaces).map(({ schema }) => schema);
/** A log grows from one backup to the next. */
const growth = 1.2;

/**
 * Writes everything that the database has at one instant, whole or not at all, while work goes on.
 * @throws Fault where the folder cannot be written to, or has no room.
 */
export async function makeBackup(settings: BackupSettings): Promise<MadeBackup> {
  const { directory, target, reason, now } = settings;
  const { id } = directory.readSecrets();
  const createdAt = new Date(now).toISOString();
  const folder = join(target, backupName(id, createdAt, reason));
  const draft = draftOf(folder);
  const { isNew, ...key } = await ensureBackupKey(directory);
  try {
    mkdirSync(target, { recursive: true, mode: 0o700 });
    await refuseWithoutRoom(settings, id);
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { mode: 0o700 });
    const manifest = await writeParts(draft, { ...settings, key, head: { directoryId: id, createdAt } });
    writePrivately(join(draft, manifestFile), sealedManifest(manifest, sealWith(key)));
    syncFolder(draft);
    renameSync(draft, folder);
    syncFolder(target);
    return { folder, at: now, isUpgrade: reason === 'upgrade', manifest, bytes: sizeOf(manifest), isKeyNew: isNew };
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw asFault(error, target);
  }
}

interface Writing extends BackupSettings {
  readonly key: BackupKey;
  readonly head: Pick<Manifest, 'directoryId' | 'createdAt'>;
}

async function writeParts(draft: string, { server, directory, reason, key, head }: Writing): Promise<Manifest> {
  const client = new Client({ ...server.asAdmin(), application_name: 'yizhan backup' });
  await client.connect();
  try {
    await client.query(copySettings);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const tables: TablePart[] = [];
    for (const place of await tablesOf(client, productSchemas)) {
      const { stream, count } = rowsOf(client, place);
      const part = await writeEncrypted(stream, join(draft, `${place.schema}.${place.table}.copy.gz.age`), key);
      tables.push({ ...place, ...part, rows: count() });
    }
    const [log] = (await client.query<{ events: number }>(`SELECT position::float8 AS events FROM event_log.sequencer`))
      .rows;
    const manifest: Manifest = {
      format: backupFormat,
      version: ownVersion(),
      ...head,
      reason,
      events: log?.events ?? 0,
      databaseBytes: await sizeOfDatabase(server),
      migrations: await migrationsThatRan(client),
      tables,
      sequences: await sequencesOf(client, productSchemas),
      keys: await writeEncrypted(Readable.from([keysText(directory)]), join(draft, 'keys.json.gz.age'), key),
    };
    await client.query('COMMIT');
    return manifest;
  } finally {
    await client.end();
  }
}

/** Names by schema, in the order in which they ran. */
export async function migrationsThatRan(client: Client): Promise<Record<string, string[]>> {
  const ran: Record<string, string[]> = {};
  for (const schema of productSchemas) {
    const { rows: found } = await client.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [
      `${schema}.migrations`,
    ]);
    if (!found[0]?.found) continue;
    const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${schema}.migrations ORDER BY id`);
    ran[schema] = rows.map(({ name }) => name);
  }
  return ran;
}

/** What opens the backups themselves is not among them. */
function keysText(directory: DataDirectory): Buffer {
  const names = readdirSync(directory.keysFolder).filter((name) => name.endsWith('.json'));
  const files = names.map((name) => [name, readFileSync(join(directory.keysFolder, name), 'utf8')] as const);
  return Buffer.from(JSON.stringify(Object.fromEntries(files)));
}

/** A backup must not make its own station stand still. */
async function refuseWithoutRoom(
  { server, directory, target, reserveBytes }: BackupSettings,
  id: string,
): Promise<void> {
  const [newest] = backupsIn(target, id);
  const size = newest ? sizeOf(newest.manifest) * growth : await sizeOfDatabase(server);
  const isOneDisk = statSync(target).dev === statSync(directory.path).dev;
  const needed = size + (isOneDisk ? reserveBytes : 0);
  refuseWithoutFree(target, needed, {
    what: 'a backup',
    mend: 'Free some space there, or name a folder on another disk with --to.',
  });
}

/** Bytes: more than its backup takes. */
async function sizeOfDatabase(server: DatabaseServer): Promise<number> {
  const client = new Client(server.asAdmin());
  await client.connect();
  try {
    const { rows } = await client.query<{ bytes: number }>(
      'SELECT pg_database_size(current_database())::float8 AS bytes',
    );
    return rows[0]?.bytes ?? 0;
  } finally {
    await client.end();
  }
}

function asFault(error: unknown, target: string): unknown {
  const code = systemCode(error);
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return error;
  return environmentFault(
    `cannot write a backup to ${target}: ${code}`,
    code === 'ENOSPC'
      ? 'Free some space there, or name a folder on another disk with --to.'
      : 'Is the stick there, and may this user write to it?',
  );
}
