import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Connection, type Database, type MigrationSet, servicePlaces } from '@yizhan/persistence';
import { DataDirectory } from '../../../apps/yizhan/src/runtime/data/data-directory.js';
import { DatabaseServer } from '../../../apps/yizhan/src/runtime/postgres/database-server.js';
import { openPlace } from '../../../apps/yizhan/src/runtime/postgres/open-place.js';
import { alsoWhenBrokenOff } from './ending.js';
import { tell } from './figures.js';

/** A PostgreSQL of its own with the settings of production: an acknowledged commit is on the disk. */
export interface DatabaseGround {
  connection(service: keyof typeof servicePlaces): Connection;
  /** As the service's role; closed with the ground. */
  open(service: keyof typeof servicePlaces, poolSize?: number): Promise<Database>;
  close(): Promise<void>;
}

/** @param folder what the database is made in, on the disk that is to be measured; the system's temporary folder without it. */
export async function openDatabase(sets: readonly MigrationSet[], folder = tmpdir()): Promise<DatabaseGround> {
  const directory = new DataDirectory(join(resolve(folder), `yizhan-bench-${randomUUID()}`));
  directory.makeFolder();
  const secrets = directory.ensureSecrets();
  const server = await DatabaseServer.embedded({ directory, secrets, isDurable: true, tell });
  const ground = new Ground(server, directory);
  try {
    await server.prepare(sets);
    return ground;
  } catch (error) {
    await ground.close();
    throw error;
  }
}

class Ground implements DatabaseGround {
  readonly close = alsoWhenBrokenOff(() => this.#close());
  readonly #opened: Database[] = [];

  constructor(
    private readonly server: DatabaseServer,
    private readonly directory: DataDirectory,
  ) {}

  connection(service: keyof typeof servicePlaces): Connection {
    return this.server.as(servicePlaces[service].role);
  }

  async open(service: keyof typeof servicePlaces, poolSize = 10): Promise<Database> {
    const database = await openPlace(this.server, servicePlaces[service], poolSize);
    this.#opened.push(database);
    return database;
  }

  async #close(): Promise<void> {
    for (const database of this.#opened) await database.close();
    await this.server.stop();
    const { path, postgresFile } = this.directory;
    // As root, PostgreSQL may have had to lie elsewhere.
    const { cluster } = JSON.parse(await readFile(postgresFile, 'utf8')) as { cluster: string };
    for (const folder of [cluster, path]) await rm(folder, { recursive: true, force: true });
  }
}
