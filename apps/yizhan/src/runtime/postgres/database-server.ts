import {
  type Connection,
  migrate,
  type MigrationSet,
  migrationState,
  ownerRole,
  provisionDatabase,
} from '@yizhan/persistence';
import { environmentFault, type Fault, messageOf, readDatabaseUrl } from '@yizhan/process';
import { Client } from 'pg';
import type { DataDirectory, Secrets } from '../data/data-directory.js';
import { adminRole, ensureCluster } from './postgres-cluster.js';
import { choosePlace, rememberPort } from './postgres-place.js';
import { PostgresServer } from './postgres-server.js';
import { refuseOtherHolder, ServerLock } from './server-lock.js';

export interface EmbeddedOptions {
  readonly directory: DataDirectory;
  readonly secrets: Secrets;
  readonly isDurable: boolean;
  readonly tell: (line: string) => void;
}

/** Told what will run. @returns how to get back where that fails, as a sentence. */
export type BeforeUpgrade = (server: DatabaseServer, pending: readonly string[]) => Promise<string>;

const writtenByNewer = (unknown: readonly string[]): Fault =>
  environmentFault(
    `these data were written by a newer Yizhan: ${unknown.join(', ')} is unknown here`,
    'Start that version or a newer one. The way back is the backup that was made before the upgrade: "npx yizhan backup --list" shows it, "npx yizhan restore --help" how.',
  );

const embeddedDatabase = 'yizhan';

/** The PostgreSQL that this process works with, embedded or by URL, and how each role reaches it. */
export class DatabaseServer {
  private constructor(
    private readonly admin: Connection,
    private readonly database: string,
    private readonly secrets: Secrets,
    private readonly embedded?: PostgresServer,
  ) {}

  /** Makes the cluster where there is none, and starts it. */
  static async embedded({ directory, secrets, isDurable, tell }: EmbeddedOptions): Promise<DatabaseServer> {
    const place = choosePlace(directory, tell);
    if (await ensureCluster(place, secrets.admin)) tell(`made a database in ${place.cluster}`);
    const server = await PostgresServer.start({ place, isDurable, tell, logFile: directory.postgresLog });
    rememberPort(directory, place, server.port);
    const running = DatabaseServer.running(server.host, server.port, secrets, server);
    try {
      await running.#check();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return running;
  }

  /** The embedded server that another live process has started. */
  static running(host: string, port: number, secrets: Secrets, server?: PostgresServer): DatabaseServer {
    const admin = { host, port, user: adminRole, password: secrets.admin, database: 'postgres', ssl: false } as const;
    return new DatabaseServer(admin, embeddedDatabase, secrets, server);
  }

  /** A PostgreSQL of somebody else; the URL's role provisions, and does nothing besides. */
  static async byUrl(url: string, secrets: Secrets): Promise<DatabaseServer> {
    const connection = readDatabaseUrl(url);
    const server = new DatabaseServer({ ...connection, database: 'postgres' }, connection.database, secrets);
    await server.#check();
    return server;
  }

  /** Folder of its files, where they are ours. */
  get cluster(): string | undefined {
    return this.embedded?.cluster;
  }

  as(role: string): Connection {
    return { ...this.admin, database: this.database, user: role, password: this.secrets.roles[role] ?? '' };
  }

  /** Keeps every other data directory away from it. @throws Fault where one is there already. */
  async lock(onLost: (fault: Fault) => void): Promise<ServerLock> {
    try {
      return await ServerLock.take({ admin: this.admin, directoryId: this.secrets.id, onLost });
    } catch (error) {
      // Where the file of the lock was removed by hand, the server that we have found is the other's.
      this.embedded?.letGo();
      throw error;
    }
  }

  /** Whoever may see and write everything: for backups, never for the product. */
  asAdmin(): Connection {
    return { ...this.admin, database: this.database };
  }

  /** Settings under which a power cut may take something away, or a damaged page goes unseen; of our own server alone. */
  async settingsThatLose(): Promise<string[]> {
    if (!this.#isOurs) return [];
    const client = new Client(this.admin);
    await client.connect();
    try {
      const { rows } = await client.query<{ said: string }>(
        `SELECT name || '=' || setting AS said FROM pg_settings WHERE setting <> 'on'
         AND name IN ('data_checksums', 'fsync', 'full_page_writes')`,
      );
      return rows.map(({ said }) => said);
    } finally {
      await client.end();
    }
  }

  /** How often a page was read that is not what was written, as its checksum says, in all databases since a crash or for ever. */
  async damagedReads(): Promise<{ readonly count: number; readonly last: string | null }> {
    const client = new Client(this.admin);
    await client.connect();
    try {
      const { rows } = await client.query<{ count: number; last: string | null }>(
        `SELECT coalesce(sum(checksum_failures), 0)::float8 AS count, max(checksum_last_failure)::text AS last FROM pg_stat_database`,
      );
      return rows[0] ?? { count: 0, last: null };
    } finally {
      await client.end();
    }
  }

  get #isOurs(): boolean {
    return this.database === embeddedDatabase && this.admin.user === adminRole;
  }

  /** Makes the database, its roles and schemas where they are missing. */
  async provision(): Promise<void> {
    await refuseOtherHolder(this.admin, this.secrets.id);
    await provisionDatabase({ admin: this.admin, database: this.database, passwords: this.secrets.roles });
  }

  /**
   * Brings roles, schemas and tables to this version, `beforeUpgrade` first where there are data already.
   * @returns names of the migrations that ran. @throws Fault where the data are of a newer version.
   */
  async prepare(sets: readonly MigrationSet[], beforeUpgrade?: BeforeUpgrade): Promise<string[]> {
    await this.provision();
    const { ran, pending, unknown } = await migrationState(this.as(ownerRole), sets);
    if (unknown.length > 0) throw writtenByNewer(unknown);
    if (pending.length === 0) return [];
    const wayBack = ran.length > 0 ? await beforeUpgrade?.(this, pending) : undefined;
    try {
      return await migrate(this.as(ownerRole), sets);
    } catch (error) {
      if (wayBack === undefined) throw error;
      throw environmentFault(`the data could not be brought to this version: ${messageOf(error)}`, wayBack);
    }
  }

  keepAlive(onDeath: (error: unknown) => void): void {
    this.embedded?.keepAlive(onDeath);
  }

  /** Stops it where it is ours. */
  async stop(): Promise<void> {
    await this.embedded?.stop();
  }

  /** Proves that it answers, and to our password. */
  async #check(): Promise<void> {
    const client = new Client({ ...this.admin, connectionTimeoutMillis: 10_000 });
    try {
      await client.connect();
      const { rows } = await client.query<{ version: number }>(
        `SELECT current_setting('server_version_num')::int AS version`,
      );
      const version = rows[0]?.version ?? 0;
      if (version < 150_000) throw new Error(`it is version ${Math.floor(version / 10_000)}; Yizhan needs 15 or newer`);
    } catch (error) {
      const { host, port, user } = this.admin;
      throw environmentFault(
        `the PostgreSQL at ${host}${host.startsWith('/') ? '' : `:${port}`} does not serve user ${user}: ${messageOf(error)}`,
        this.embedded
          ? 'Run "npx yizhan doctor"; the database opens with the secrets.json of its own data directory only.'
          : 'Check YIZHAN_DATABASE_URL: address, user, password.',
      );
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
