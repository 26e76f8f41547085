import { randomBytes } from 'node:crypto';
import type { Connection } from '@yizhan/persistence';
import { environmentFault, type Fault } from '@yizhan/process';
import { Client } from 'pg';

/** `yizhan` in ASCII and two more: whoever holds it alone may work with this PostgreSQL. */
const lockKey = 0x79697c;
/** A copy that was killed a moment ago may still be seen by the server. */
const patience = 2_000;
const lookEvery = 250;
const retakeEvery = 1_000;

export interface ServerLockSettings {
  /** The maintenance database: roles and their passwords are the same for all databases of a server. */
  readonly admin: Connection;
  /** Of the data directory that works with the server. */
  readonly directoryId: string;
  /** Called once where the connection was lost and another data directory has come in between. */
  readonly onLost: (fault: Fault) => void;
}

/** Held by a connection of its own for as long as one data directory works with a PostgreSQL; taken again after an outage. */
export class ServerLock {
  #client: Client | undefined;
  #retake: NodeJS.Timeout | undefined;
  #isReleased = false;
  /** Tells this process from another on a copy of the same data directory. */
  readonly #name = `${nameOf(this.settings.directoryId)}/${randomBytes(4).toString('hex')}`;

  private constructor(private readonly settings: ServerLockSettings) {}

  /** @throws Fault where another process holds it. */
  static async take(settings: ServerLockSettings): Promise<ServerLock> {
    const lock = new ServerLock(settings);
    const begun = performance.now();
    for (;;) {
      const holder = await lock.#try();
      if (holder === undefined) return lock;
      if (performance.now() - begun > patience) throw heldBy(holder);
      await new Promise((resolve) => setTimeout(resolve, lookEvery));
    }
  }

  async release(): Promise<void> {
    this.#isReleased = true;
    clearTimeout(this.#retake);
    await this.#client?.end().catch(() => undefined);
  }

  /** @returns who holds it instead, empty where that cannot be seen. */
  async #try(): Promise<string | undefined> {
    const client = new Client({
      ...this.settings.admin,
      application_name: this.#name,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      // The server notices within 25 s that this machine is gone, and never ends the session because it is quiet.
      await client.query(
        'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET idle_session_timeout = 0',
      );
      const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [lockKey]);
      if (rows[0]?.taken && !this.#isReleased) {
        this.#keep(client);
        return undefined;
      }
      const holder = (await holderOn(client)) ?? '';
      await client.end();
      return holder;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  #keep(client: Client): void {
    this.#client = client;
    client.once('end', () => this.#takeAgainSoon());
  }

  #takeAgainSoon(): void {
    if (this.#isReleased) return;
    this.#retake = setTimeout(() => {
      void this.#takeAgain();
    }, retakeEvery);
  }

  async #takeAgain(): Promise<void> {
    // While the database is away nobody else takes it either.
    const holder = await this.#try().catch(() => this.#name);
    if (holder === undefined || this.#isReleased) return;
    if (holder === this.#name || holder === '') this.#takeAgainSoon();
    else this.settings.onLost(heldBy(holder));
  }
}

/** @throws Fault where another data directory works with the server now. */
export async function refuseOtherHolder(admin: Connection, directoryId: string): Promise<void> {
  const client = new Client(admin);
  await client.connect();
  try {
    const holder = await holderOn(client);
    if (holder !== undefined && !holder.startsWith(nameOf(directoryId))) throw heldBy(holder);
  } finally {
    await client.end();
  }
}

const nameOf = (directoryId: string): string => `yizhan ${directoryId}`;

async function holderOn(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ holder: string }>(findHolder, [lockKey]);
  return rows[0]?.holder;
}

const findHolder = `
  SELECT coalesce(a.application_name, '') AS holder
  FROM pg_locks l JOIN pg_database d ON d.oid = l.database LEFT JOIN pg_stat_activity a USING (pid)
  WHERE l.locktype = 'advisory' AND d.datname = current_database()
    AND l.classid = 0 AND l.objid = $1::bigint::oid AND l.objsubid = 1 AND l.granted`;

function heldBy(holder: string): Fault {
  const [, id] = /^yizhan ([0-9a-f-]{36})\//.exec(holder) ?? [];
  return environmentFault(
    `another Yizhan works with this PostgreSQL already${id === undefined ? '' : ` (data directory ${id})`}`,
    'A PostgreSQL serves one data directory: stop the other copy, or name another server with YIZHAN_DATABASE_URL.',
  );
}
