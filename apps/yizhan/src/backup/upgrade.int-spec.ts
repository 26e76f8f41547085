import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationState, ownerRole } from '@yizhan/persistence';
import { Client } from 'pg';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { discardDataDirectory } from '../runtime/data/discard.js';
import { allMigrations } from '../runtime/migrations.js';
import { DatabaseServer } from '../runtime/postgres/database-server.js';
import { backUpBeforeUpgrade } from './before-upgrade.js';
import { backupName, backupsIn } from './backup-folder.js';
import { backupKeyFile, readBackupKey } from './backup-key.js';
import { backupFormat, manifestFile } from './manifest.js';
import { restoreBackup } from './restore-backup.js';

jest.setTimeout(120_000);

const tell = (): void => undefined;
const directory = new DataDirectory(join(tmpdir(), `yizhan-upgrade-${randomUUID()}`));
const back = new DataDirectory(`${directory.path}-back`);
let server: DatabaseServer;

/** The version before had not the last migration of each schema. */
const before = allMigrations.map(({ schema, migrations }) => ({ schema, migrations: migrations.slice(0, -1) }));
const added = allMigrations.map(({ migrations }) => migrations.at(-1)?.name ?? '');

beforeAll(async () => {
  directory.makeFolder();
  mkdirSync(directory.keysFolder);
  const secrets = directory.ensureSecrets();
  server = await DatabaseServer.embedded({ directory, secrets, isDurable: false, tell });
});
afterAll(async () => {
  await server.stop();
  discardDataDirectory(directory);
  discardDataDirectory(back);
  rmSync(directory.backupFolder, { recursive: true, force: true });
});

async function asAdmin(statement: string): Promise<void> {
  const client = new Client(server.asAdmin());
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** A backup of an upgrade that has failed, in one hour of long ago. */
function failedBefore(minute: number): string {
  const { id } = directory.readSecrets();
  const createdAt = `2020-01-01T00:0${minute}:00.000Z`;
  const folder = join(directory.backupFolder, backupName(id, createdAt, 'upgrade'));
  mkdirSync(folder);
  const manifest = { format: backupFormat, directoryId: id, createdAt, reason: 'upgrade', tables: [] };
  writeFileSync(join(folder, manifestFile), JSON.stringify({ manifest, seal: '' }));
  return folder;
}

it('makes no backup of what a first start has just made', async () => {
  const beforeUpgrade = jest.fn(
    backUpBeforeUpgrade({ directory, target: directory.backupFolder, reserveBytes: 0, tell }),
  );
  await server.prepare(before, beforeUpgrade);
  expect(beforeUpgrade).not.toHaveBeenCalled();
});

it('backs up before data are brought to a newer version, once, and the backup is the way back', async () => {
  await asAdmin(`INSERT INTO event_log.subjects VALUES ('visit/1', 7)`);
  const beforeUpgrade = backUpBeforeUpgrade({ directory, target: directory.backupFolder, reserveBytes: 0, tell });
  expect(await server.prepare(allMigrations, beforeUpgrade)).toEqual(added);
  expect(await server.prepare(allMigrations, beforeUpgrade)).toEqual([]);
  const [made, ...others] = backupsIn(directory.backupFolder);
  expect(others).toEqual([]);
  expect(made?.isUpgrade).toBe(true);

  await restoreBackup({
    folder: made?.folder ?? '',
    key: await readBackupKey(backupKeyFile(directory)),
    directory: back,
    tell,
  });
  const secrets = back.readSecrets();
  const restored = await DatabaseServer.embedded({ directory: back, secrets, isDurable: false, tell });
  try {
    const state = await migrationState(restored.as(ownerRole), allMigrations);
    expect(state.pending.toSorted()).toEqual(added.toSorted());
    expect(await migrationState(restored.as(ownerRole), before)).toMatchObject({ pending: [], unknown: [] });
  } finally {
    await restored.stop();
  }
});

it('restores nothing where the disk has no room for it beside what is to be kept free, and leaves nothing', async () => {
  const folder = backupsIn(directory.backupFolder)[0]?.folder ?? '';
  const key = await readBackupKey(backupKeyFile(directory));
  const to = new DataDirectory(`${directory.path}-without-room`);
  const restored = restoreBackup({ folder, key, directory: to, reserveBytes: 1e18, tell });
  await expect(restored).rejects.toThrow(/MB free, and this backup, restored, needs \d+ MB/);
  expect([to.path, `${to.path}.restoring`].filter((path) => existsSync(path))).toEqual([]);
});

it('says how to get back where a migration fails', async () => {
  class Fails1999999999999 {
    up = (): Promise<void> => Promise.reject(new Error('it cannot be done'));
    down = (): Promise<void> => Promise.resolve();
  }
  const broken = allMigrations.map((set, index) =>
    index === 0 ? { ...set, migrations: [...set.migrations, Fails1999999999999] } : set,
  );
  const left = [1, 2, 3, 4, 5].map(failedBefore);
  const beforeUpgrade = backUpBeforeUpgrade({ directory, target: directory.backupFolder, reserveBytes: 0, tell });
  await expect(server.prepare(broken, beforeUpgrade)).rejects.toMatchObject({
    message: expect.stringContaining('could not be brought to this version: it cannot be done'),
    mend: expect.stringContaining('npx yizhan restore'),
  });
  // A service tries it again every few seconds.
  expect(left.filter((folder) => existsSync(folder)).length).toBeLessThan(3);
  expect(await server.prepare(allMigrations)).toEqual([]);
});

it('refuses data that a newer version has written', async () => {
  await asAdmin(`INSERT INTO station.migrations (timestamp, name) VALUES (1, 'OfTomorrow9999999999999')`);
  await expect(server.prepare(allMigrations)).rejects.toMatchObject({
    message: 'these data were written by a newer Yizhan: OfTomorrow9999999999999 is unknown here',
  });
});
