import { resolve } from 'node:path';
import { sqlState } from '@yizhan/persistence';
import { environmentFault } from '@yizhan/process';
import { type Configuration, readConfiguration } from '../runtime/config.js';
import { DataDirectory } from '../runtime/data/data-directory.js';
import type { DatabaseServer } from '../runtime/postgres/database-server.js';
import { withDatabase } from '../runtime/postgres/open-database.js';
import { tell } from './screen.js';

/** What every command takes. */
export interface CommandOptions {
  readonly data?: string;
  readonly json?: boolean;
}

/** The flag, else the environment, else `.yizhan` here. */
export function directoryOf(
  { data }: CommandOptions,
  configuration: Configuration = readConfiguration(),
): DataDirectory {
  const { dataDirectory, keystoreDirectory } = configuration;
  return new DataDirectory(data === undefined ? dataDirectory : resolve(data), keystoreDirectory);
}

/** Runs `work` on the database of the chosen data directory. */
export function databaseOf<T>(
  options: CommandOptions,
  what: string,
  work: (server: DatabaseServer) => Promise<T>,
): Promise<T> {
  const configuration = readConfiguration();
  const directory = directoryOf(options, configuration);
  return withDatabase({ directory, databaseUrl: configuration.databaseUrl, what, tell }, (server) =>
    work(server).catch((error: unknown) => Promise.reject(clearer(error))),
  );
}

/** Undefined table, schema, database: the database has not been brought to this version. */
const isOutOfDate = /^(42P01|3F000|3D000)$/;

function clearer(error: unknown): unknown {
  if (!isOutOfDate.test(sqlState(error) ?? '')) return error;
  return environmentFault('the database does not fit this version', 'Run "npx yizhan migrate" first.');
}
