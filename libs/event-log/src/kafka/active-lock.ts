import type { Connection } from '@yizhan/persistence';
import { Client } from 'pg';

/** `publ` in ASCII: held by the one publisher that is active. */
const publisherLock = 0x7075626c;

/**
 * Makes one of several publishers the active one, by a lock of a session of its own: it ends with the process or the
 * connection. Two that publish for a moment only publish twice.
 */
export class ActiveLock {
  #client: Client | undefined;
  #isHeld = false;

  constructor(
    private readonly connection: Connection,
    private readonly onFault: (where: string, error: unknown) => void,
  ) {}

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** @returns whether this process is the active one; costs nothing while it is. */
  async tryTake(): Promise<boolean> {
    if (this.#isHeld) return true;
    const client = this.#client ?? (await this.#connect());
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
      publisherLock,
    ]);
    this.#isHeld = (rows[0]?.taken ?? false) && this.#client === client;
    return this.#isHeld;
  }

  async release(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#isHeld = false;
    await client?.end().catch((error: unknown) => this.onFault('giving the lock of the publisher back', error));
  }

  async #connect(): Promise<Client> {
    const client = new Client({ ...this.connection, keepAlive: true, connectionTimeoutMillis: 5_000 });
    const lost = (error?: unknown): void => {
      if (this.#client !== client) return;
      this.#client = undefined;
      this.#isHeld = false;
      this.onFault('the lock of the publisher', error ?? new Error('the connection was ended'));
    };
    client.on('error', lost);
    client.on('end', lost);
    await client.connect();
    this.#client = client;
    return client;
  }
}
