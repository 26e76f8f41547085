import { environmentFault } from '@yizhan/process';
import type { DataDirectory } from '../data/data-directory.js';
import { DataLock } from '../data/data-lock.js';
import { DatabaseServer } from './database-server.js';
import { choosePlace } from './postgres-place.js';
import { readPostmaster } from './postmaster-file.js';

export interface OpenOptions {
  readonly directory: DataDirectory;
  readonly databaseUrl: string | undefined;
  /** Which command asks. */
  readonly what: string;
  readonly tell: (line: string) => void;
}

/** For commands beside `start`: uses the database of a running copy, or starts it for as long as the work takes. */
export async function withDatabase<T>(options: OpenOptions, work: (server: DatabaseServer) => Promise<T>): Promise<T> {
  const { directory, databaseUrl, what, tell } = options;
  const secrets = directory.readSecrets();
  if (databaseUrl) return work(await DatabaseServer.byUrl(databaseUrl, secrets));
  if (DataLock.holderOf(directory)) return work(runningServer(directory));
  const lock = DataLock.acquire(directory, what);
  try {
    const server = await DatabaseServer.embedded({ directory, secrets, isDurable: true, tell });
    try {
      return await work(server);
    } finally {
      await server.stop();
    }
  } finally {
    lock.release();
  }
}

/** The server of the copy that holds the lock. */
export function runningServer(directory: DataDirectory): DatabaseServer {
  const place = choosePlace(directory, () => undefined);
  const postmaster = readPostmaster(place.cluster);
  if (postmaster?.status === 'ready') {
    return DatabaseServer.running('127.0.0.1', postmaster.port, directory.readSecrets());
  }
  throw environmentFault(
    `another Yizhan works on ${directory.path}, and its database is not ready`,
    'Try again in a moment.',
  );
}
