import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { Connection } from './connection.js';

/** A service's place in the database: one schema, one role that owns nothing. */
export interface ServicePlace {
  readonly schema: string;
  readonly role: string;
}

export const ownerRole = 'yizhan_owner';

/**
 * What a service becomes for the length of a transaction to read for a carrier. It owns nothing, logs in nowhere, and row-level
 * security shows it the rows of the carrier that `yizhan.carrier_id` names, and none where it names nobody.
 */
export const carrierRole = 'yizhan_carrier';

/** Every schema of the product with the role that works in it. `event_log` is worked by the sequencer alone. */
export const servicePlaces = {
  eventLog: { schema: 'event_log', role: 'yizhan_sequencer' },
  station: { schema: 'station', role: 'yizhan_station' },
  scheduler: { schema: 'scheduler', role: 'yizhan_scheduler' },
  dispatch: { schema: 'dispatch', role: 'yizhan_dispatch' },
  commandCentre: { schema: 'command_centre', role: 'yizhan_command_centre' },
} as const satisfies Record<string, ServicePlace>;

export interface ProvisionSettings {
  /** A superuser or a role with CREATEROLE and CREATEDB; used for this step only. */
  readonly admin: Connection;
  readonly database: string;
  /** Password of each role; roles not named here keep theirs. */
  readonly passwords: Readonly<Record<string, string>>;
}

/** Creates what is missing of the database, its roles, schemas and default privileges. Safe to repeat. */
export async function provisionDatabase(settings: ProvisionSettings): Promise<void> {
  await withClient(settings.admin, async (admin) => {
    for (const role of [ownerRole, ...Object.values(servicePlaces).map((place) => place.role)]) {
      await ensureRole(admin, role, settings.passwords[role]);
    }
    await ensureCarrierRole(admin);
    const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [settings.database]);
    if (found.rowCount === 0) {
      await admin.query(
        `CREATE DATABASE ${escapeIdentifier(settings.database)} OWNER ${ownerRole} TEMPLATE template0 ENCODING 'UTF8'`,
      );
    }
  });
  await withClient({ ...settings.admin, database: settings.database }, async (admin) => {
    await admin.query(`REVOKE ALL ON SCHEMA public FROM PUBLIC`);
    for (const place of Object.values(servicePlaces)) await ensureSchema(admin, place);
  });
}

async function ensureRole(admin: Client, role: string, password: string | undefined): Promise<void> {
  await admin.query(`DO $$ BEGIN
    CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`);
  if (password !== undefined) await admin.query(`ALTER ROLE ${role} PASSWORD ${escapeLiteral(password)}`);
}

async function ensureCarrierRole(admin: Client): Promise<void> {
  await admin.query(`DO $$ BEGIN
    CREATE ROLE ${carrierRole} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`);
  for (const { role } of [servicePlaces.station, servicePlaces.dispatch]) {
    // Policies hold for those who inherit a role too: the services are to become it, and are not to be it.
    await admin.query(`ALTER ROLE ${role} NOINHERIT`);
    await admin.query(`GRANT ${carrierRole} TO ${role}`);
  }
}

async function ensureSchema(admin: Client, { schema, role }: ServicePlace): Promise<void> {
  await admin.query(`CREATE SCHEMA IF NOT EXISTS ${schema} AUTHORIZATION ${ownerRole}`);
  await admin.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
  await admin.query(
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${ownerRole} IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role}`,
  );
  await admin.query(
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${ownerRole} IN SCHEMA ${schema} GRANT USAGE ON SEQUENCES TO ${role}`,
  );
}

async function withClient(connection: Connection, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
