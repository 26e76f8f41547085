import { createHash, randomUUID } from 'node:crypto';
import {
  type Connection,
  createDataSource,
  Database,
  type DataSourceSettings,
  migrate,
  type MigrationSet,
  ownerRole,
  provisionDatabase,
  servicePlaces,
} from '@yizhan/persistence';
import { Client, escapeIdentifier } from 'pg';

export interface TestDatabaseSettings {
  /** The sets that the test needs, `event_log` first: the others' grants build on it. */
  readonly migrations: readonly MigrationSet[];
}

/** A fresh, empty, migrated database of its own in the PostgreSQL of the test run. */
export interface TestDatabase {
  /** Connects as superuser: to look behind every role, never to run the product. */
  readonly admin: Connection;
  /** Connects as the role that owns the schemas. */
  readonly owner: Connection;
  /** Opens the database as the role of one service, as the product does. Closed with the test database. */
  open(
    service: keyof typeof servicePlaces,
    settings?: Pick<DataSourceSettings, 'entities' | 'poolSize'>,
  ): Promise<Database>;
  /** How the role of one service reaches it. */
  connection(service: keyof typeof servicePlaces): Connection;
  /** Closes every connection that was opened here and drops the database. */
  close(): Promise<void>;
}

const rolesInUse = [ownerRole, ...Object.values(servicePlaces).map(({ role }) => role)];
const passwords = Object.fromEntries(rolesInUse.map((role) => [role, `test-${role}`]));
/** `yizhan` in ASCII and one more: workers of one run make roles and template databases one after the other. */
const provisionLock = 0x79697b;

/** Makes a database for one test file, in the PostgreSQL that `test/setup` has started. @throws where it has not. */
export async function openTestDatabase(settings: TestDatabaseSettings): Promise<TestDatabase> {
  const server = serverOfTheRun();
  const name = `yizhan_test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const template = await ensureTemplate(server, settings.migrations);
  await asAdmin(server, (client) =>
    client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${template} OWNER ${ownerRole}`),
  );
  return new MigratedDatabase(server, name);
}

class MigratedDatabase implements TestDatabase {
  readonly #opened: Database[] = [];

  constructor(
    private readonly server: Connection,
    private readonly name: string,
  ) {}

  get admin(): Connection {
    return { ...this.server, database: this.name };
  }

  get owner(): Connection {
    return this.#as(ownerRole);
  }

  connection(service: keyof typeof servicePlaces): Connection {
    return this.#as(servicePlaces[service].role);
  }

  async open(
    service: keyof typeof servicePlaces,
    settings: Pick<DataSourceSettings, 'entities' | 'poolSize'> = {},
  ): Promise<Database> {
    const { schema, role } = servicePlaces[service];
    const source = createDataSource({
      connection: this.#as(role),
      applicationName: `test ${service}`,
      schema,
      ...settings,
    });
    await source.initialize();
    const database = new Database(source);
    this.#opened.push(database);
    return database;
  }

  async close(): Promise<void> {
    for (const database of this.#opened.splice(0)) await database.close();
    await asAdmin(this.server, (client) => client.query(`DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`));
  }

  #as(role: string): Connection {
    return { ...this.server, database: this.name, user: role, password: passwords[role] };
  }
}

/** Migrating takes ten times as long as copying: each set of migrations is run once per PostgreSQL and then copied. */
async function ensureTemplate(server: Connection, sets: readonly MigrationSet[]): Promise<string> {
  const template = `yizhan_template_${digestOf(sets)}`;
  await asAdmin(server, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [provisionLock]);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (found.rowCount) return;
    const draft = `${template}_draft`;
    await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
    await provisionDatabase({ admin: server, database: draft, passwords });
    await migrate({ ...server, database: draft, user: ownerRole, password: passwords[ownerRole] }, sets);
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${template}`);
  });
  return template;
}

function digestOf(sets: readonly MigrationSet[]): string {
  const names = sets.flatMap(({ schema, migrations }) => migrations.map((each) => `${schema}.${each.name}`));
  // The process that runs Jest is in it: a PostgreSQL that outlives a run must not serve the migrations of before.
  return createHash('sha256')
    .update(JSON.stringify([process.ppid, names]))
    .digest('hex')
    .slice(0, 12);
}

async function asAdmin<T>(server: Connection, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(server);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function serverOfTheRun(): Connection {
  const url = process.env.YIZHAN_TEST_PG_URL;
  if (!url) throw new Error('YIZHAN_TEST_PG_URL is not set: name the test file *.int-spec.ts or *.e2e-spec.ts');
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 5432),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: pathname.slice(1) || 'postgres',
  };
}
