import { mkdirSync, readdirSync, existsSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LogReader, settleRestoredLog } from '@yizhan/event-log';
import { migrate, ownerRole, servicePlaces } from '@yizhan/persistence';
import { environmentFault } from '@yizhan/process';
import { Client } from 'pg';
import { DataDirectory, syncFolder, writePrivately } from '../runtime/data/data-directory.js';
import { removeDataDirectory } from '../runtime/data/discard.js';
import { allMigrations } from '../runtime/migrations.js';
import { DatabaseServer } from '../runtime/postgres/database-server.js';
import { openPlace } from '../runtime/postgres/open-place.js';
import { clusterOf } from '../runtime/postgres/postgres-place.js';
import { stopWhatIsLeft } from '../runtime/postgres/postgres-server.js';
import { verifyExport } from '../verify/verify.js';
import type { VerifyReport } from '../verify/verify-report.js';
import { type BackupKey, sealWith } from './backup-key.js';
import { readEncrypted, readEncryptedText } from './encrypted-file.js';
import { type Manifest, readManifest } from './manifest.js';
import { bytesToRestore, refuseWithoutFree } from './room.js';
import { copySettings, digestOf, emptyTables, intoTable, setSequences } from './table-copies.js';

export interface RestoreSettings {
  /** The backup. */
  readonly folder: string;
  readonly key: BackupKey;
  /** Where to; nothing may lie there. */
  readonly directory: DataDirectory;
  /** What stays free of the disk, bytes: a station that works there must not stand still meanwhile. */
  readonly reserveBytes?: number;
  readonly tell: (line: string) => void;
  /** Told how many bytes of all have been read. */
  readonly onProgress?: (bytes: number, of: number) => void;
}

export interface Restored {
  readonly manifest: Manifest;
  /** What `verify` says of the restored log. */
  readonly verdict: VerifyReport;
}

const readBatch = 2_000;

/**
 * Makes a data directory from a backup: beside the place first, and there only when all of it is in, every table has the
 * bytes that it had, and the log keeps its rules. @throws Fault otherwise, and nothing is left of it.
 */
export async function restoreBackup(settings: RestoreSettings): Promise<Restored> {
  const { folder, key, directory, reserveBytes = 0, tell } = settings;
  refuseToOverwrite(directory);
  const manifest = readManifest(folder, sealWith(key));
  refuseNewer(manifest);
  const draft = new DataDirectory(`${directory.path}.restoring`, directory.keystoreFolder);
  await removeWithServer(draft);
  mkdirSync(dirname(directory.path), { recursive: true });
  refuseWithoutFree(dirname(directory.path), bytesToRestore(manifest) + reserveBytes, {
    what: 'this backup, restored,',
    mend: 'Free some space there.',
  });
  try {
    draft.makeFolder();
    await putKeysBack(settings, manifest, draft);
    const verdict = await onServer(draft, tell, (server) => fill(server, settings, manifest));
    if (!verdict.ok) {
      const broken = [verdict.form, ...verdict.rules].find(({ violations }) => violations > 0);
      throw environmentFault(
        `the log in ${folder} breaks rule ${broken?.rule}: ${broken?.first?.message}`,
        'Restore an older backup: "npx yizhan backup --list" shows them.',
      );
    }
    if (existsSync(directory.path)) rmSync(directory.path, { recursive: true });
    renameSync(draft.path, directory.path);
    syncFolder(dirname(directory.path));
    return { manifest, verdict };
  } catch (error) {
    removeDataDirectory(draft);
    throw error;
  }
}

/** Removes a data directory whose keystore stays; a restore that was killed may have left its PostgreSQL running there. */
export async function removeWithServer(directory: DataDirectory): Promise<void> {
  if (existsSync(directory.postgresFile)) await stopWhatIsLeft(clusterOf(directory));
  removeDataDirectory(directory);
}

/** What was there stays: whoever wants it gone moves it away himself. */
function refuseToOverwrite({ path }: DataDirectory): void {
  if (!existsSync(path) || readdirSync(path).length === 0) return;
  throw environmentFault(
    `${path} holds something, and a restore overwrites nothing`,
    `Name another folder with --data, or move it away first: mv "${path}" "${path}.before"`,
  );
}

function refuseNewer({ migrations, version }: Manifest): void {
  const known = new Set(allMigrations.flatMap(({ migrations: each }) => each.map(({ name }) => name)));
  const unknown = Object.values(migrations)
    .flat()
    .filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw environmentFault(
    `this backup was made by a newer Yizhan (${version}): ${unknown.join(', ')} is unknown here`,
    'Restore it with that version or a newer one.',
  );
}

async function putKeysBack({ folder, key }: RestoreSettings, { keys }: Manifest, draft: DataDirectory): Promise<void> {
  const files = JSON.parse(await readEncryptedText(join(folder, keys.file), keys, key)) as Record<string, string>;
  draft.ensureSecrets();
  mkdirSync(draft.keysFolder, { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(files)) writePrivately(join(draft.keysFolder, basename(name)), text);
  // The station that goes on from here makes backups that the same key opens.
  writePrivately(join(draft.keysFolder, 'backup-key.txt'), `# public key: ${key.recipient}\n${key.identity}\n`);
}

async function onServer<T>(
  draft: DataDirectory,
  tell: (line: string) => void,
  work: (server: DatabaseServer) => Promise<T>,
): Promise<T> {
  // What breaks off is done again from the beginning; stopping it makes it last.
  const server = await DatabaseServer.embedded({
    directory: draft,
    secrets: draft.readSecrets(),
    isDurable: false,
    tell,
  });
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

async function fill(server: DatabaseServer, settings: RestoreSettings, manifest: Manifest): Promise<VerifyReport> {
  const wanted = new Set(Object.values(manifest.migrations).flat());
  await server.provision();
  await migrate(
    server.as(ownerRole),
    allMigrations.map(({ schema, migrations }) => ({
      schema,
      migrations: migrations.filter(({ name }) => wanted.has(name)),
    })),
  );
  const client = new Client({ ...server.asAdmin(), application_name: 'yizhan restore' });
  await client.connect();
  try {
    await client.query(copySettings);
    await load(client, settings, manifest);
    await settleRestoredLog(client);
    await client.query('ANALYZE');
  } finally {
    await client.end();
  }
  return verifyLog(server);
}

async function load(client: Client, { folder, key, onProgress }: RestoreSettings, manifest: Manifest): Promise<void> {
  const { tables, sequences, events } = manifest;
  const all = tables.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  // Rows refer to others that come later; all of them were there at one instant.
  await client.query('SET session_replication_role = replica');
  await emptyTables(client, tables);
  await preparePartitions(client, events);
  for (const part of tables) {
    await readEncrypted(join(folder, part.file), part, key, intoTable(client, part));
    onProgress?.((done += part.bytes), all);
  }
  await client.query('SET session_replication_role = DEFAULT');
  await setSequences(client, sequences);
  for (const part of tables) {
    if ((await digestOf(client, part)) === part.sha256) continue;
    throw environmentFault(
      `${part.schema}.${part.table} is not what it was when the backup was made`,
      'This is a fault of Yizhan itself: keep the backup, and report it.',
    );
  }
}

/** The log lies in a table for each million. */
async function preparePartitions(client: Client, events: number): Promise<void> {
  for (let position = 0; position <= events; position += 1_000_000) {
    await client.query('SELECT event_log.ensure_partitions($1)', [position]);
  }
}

async function verifyLog(server: DatabaseServer): Promise<VerifyReport> {
  const database = await openPlace(server, servicePlaces.eventLog, 1);
  try {
    return await verifyExport(linesOf(new LogReader(database)));
  } finally {
    await database.close();
  }
}

async function* linesOf(reader: LogReader): AsyncGenerator<string> {
  for (let position = 0; ;) {
    const rows = await reader.documentsAfter(position, readBatch);
    for (const { document } of rows) yield document;
    const last = rows.at(-1);
    if (!last) return;
    position = last.position;
  }
}
