import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentFault } from '@yizhan/process';
import { childEnvironment } from '../config.js';
import { syncFolder } from '../data/data-directory.js';
import { executable } from './postgres-binaries.js';
import type { PostgresPlace } from './postgres-place.js';

/** Name of PostgreSQL's superuser: provisions, and never works for the product. */
export const adminRole = 'postgres';

const majorVersion = '18';

/** Makes the cluster where there is none, whole or not at all. @returns whether it was made now. */
export async function ensureCluster(place: PostgresPlace, password: string): Promise<boolean> {
  const { cluster } = place;
  if (existsSync(join(cluster, 'PG_VERSION'))) {
    const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
    if (version === majorVersion) return false;
    throw environmentFault(
      `${cluster} was made by PostgreSQL ${version}; this is PostgreSQL ${majorVersion}`,
      'Make a backup with the version of Yizhan that made it, and restore that with this one into a new data directory.',
    );
  }
  const draft = `${cluster}.new`;
  // What a killed first start has left is of no use.
  rmSync(draft, { recursive: true, force: true });
  makeOwn(place, draft);
  await runInitdb(place, draft, password);
  rmSync(cluster, { recursive: true, force: true });
  renameSync(draft, cluster);
  // The next start removes a draft: the name must not go back to it by a power cut.
  syncFolder(dirname(cluster));
  return true;
}

function makeOwn({ account }: PostgresPlace, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account) chownSync(folder, account.uid, account.gid);
}

async function runInitdb({ account, binaries }: PostgresPlace, folder: string, password: string): Promise<void> {
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  const args = [
    `--pgdata=${folder}`,
    `--username=${adminRole}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
    '--no-instructions',
  ];
  try {
    const initdb = spawn(executable(binaries, 'initdb'), args, {
      ...(account && { uid: account.uid, gid: account.gid }),
      cwd: folder,
      env: childEnvironment({ LC_ALL: 'C', TZ: 'UTC' }),
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C reaches us alone, and we end it.
      detached: true,
    });
    // A next start removes the draft: nobody may be writing in it then, and the password is not to lie about.
    const endWithUs = (): void => {
      endGroup(initdb);
      rmSync(passwordFile, { force: true });
    };
    process.once('exit', endWithUs);
    initdb.once('close', () => process.removeListener('exit', endWithUs));
    let said = '';
    for (const stream of [initdb.stdout, initdb.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    }
    const [code] = (await once(initdb, 'close')) as [number | null];
    if (code !== 0) throw environmentFault(`PostgreSQL could not make its files in ${folder}: ${lastLines(said)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** With what it has started, where the system has groups of processes. */
function endGroup(child: ChildProcess): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}

/** The last few lines of what a program has said, in one. */
export function lastLines(text: string, count = 3): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-count).join(' / ') || 'it said nothing';
}
