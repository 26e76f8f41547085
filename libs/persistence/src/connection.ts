import { DataSource, type EntitySchema, type MixedList } from 'typeorm';

/** How a connection is encrypted, as Node's TLS takes it. */
export interface TlsSettings {
  /** Whether the server's certificate must come from `ca`, or from an authority that Node trusts. */
  readonly rejectUnauthorized: boolean;
  /** Certificates of authorities, PEM; takes the place of those that Node trusts. */
  readonly ca?: string;
  /** In place of Node's comparison of the certificate with the host. */
  readonly checkServerIdentity?: () => undefined;
}

/** Where one role reaches its database. */
export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** False sends in clear text. Where it is missing, pg follows `PGSSLMODE` of the environment. */
  readonly ssl?: false | TlsSettings;
}

export interface DataSourceSettings {
  readonly connection: Connection;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  readonly schema: string;
  readonly entities?: MixedList<Function | string | EntitySchema>;
  readonly migrations?: MixedList<Function | string>;
  /** Connections in the pool. */
  readonly poolSize?: number;
}

/**
 * Session limits in place of pg's `query_timeout`, which would hand a connection with an open transaction
 * back to the pool.
 */
const sessionLimits = [
  '-c statement_timeout=30000',
  '-c lock_timeout=10000',
  '-c idle_in_transaction_session_timeout=30000',
  // Statements are static and select by key: planning each execution anew cost up to 0.6 ms and never found a better plan.
  '-c plan_cache_mode=force_generic_plan',
  // A plan is made when a table may still be empty, and kept: it must not be a scan of what the table becomes.
  '-c enable_seqscan=off',
].join(' ');

/** A TypeORM data source with the product's limits; `pipeline` lets a transaction send statements without waiting for each. */
export function createDataSource(settings: DataSourceSettings): DataSource {
  const { connection, schema } = settings;
  return new DataSource({
    type: 'postgres',
    host: connection.host,
    port: connection.port,
    database: connection.database,
    username: connection.user,
    password: connection.password,
    ssl: connection.ssl,
    schema,
    applicationName: settings.applicationName,
    entities: settings.entities ?? [],
    migrations: settings.migrations ?? [],
    migrationsTableName: 'migrations',
    synchronize: false,
    installExtensions: false,
    poolSize: settings.poolSize ?? 10,
    connectTimeoutMS: 10_000,
    extra: {
      pipeline: true,
      options: `-c search_path=${schema} ${sessionLimits}`,
      keepAlive: true,
    },
  });
}
