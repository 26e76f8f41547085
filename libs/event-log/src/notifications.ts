import type { Connection } from '@yizhan/persistence';
import { Client } from 'pg';
import { Bell } from './bell.js';

/** Rung by writers after their commit: the publisher sequences. */
export const outboxChannel = 'yizhan_outbox';
/** Rung by the sequencer with its commit: entries were added. */
export const logChannel = 'yizhan_log';

type Channel = typeof outboxChannel | typeof logChannel;

type OnFault = (where: string, error: unknown) => void;

const reconnectAfter = 1_000;
const ringAnyway = 1_000;

/** One connection that is opened again whenever it breaks. */
class KeptConnection {
  #client: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(
    private readonly connection: Connection,
    private readonly where: string,
    private readonly onFault: OnFault,
    private readonly prepare: (client: Client) => Promise<unknown>,
  ) {}

  get client(): Client | undefined {
    return this.#client;
  }

  async open(): Promise<void> {
    const client = new Client({ ...this.connection, keepAlive: true, connectionTimeoutMillis: 5_000 });
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, new Error('the connection was ended')));
    try {
      await client.connect();
      await this.prepare(client);
      this.#client = client;
      if (this.#isClosed) await this.close();
    } catch (error) {
      this.#lost(client, error);
      client.end().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = undefined;
    // A connection that is broken already has nothing to say.
    await client?.end().catch(() => undefined);
  }

  #lost(client: Client, error: unknown): void {
    if (this.#isClosed || (this.#client !== undefined && this.#client !== client) || this.#timer) return;
    this.#client = undefined;
    this.onFault(this.where, error);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.open();
    }, reconnectAfter);
  }
}

/**
 * A bell that another process rings by NOTIFY; it rings once a second besides, as a notification may get lost with its
 * connection.
 */
export class LogBell extends Bell {
  #timer: NodeJS.Timeout | undefined;

  private constructor(private readonly kept: KeptConnection) {
    super();
  }

  /** @param channel of the sequencer's rings, unless the writers' are to be heard. */
  static async listen(connection: Connection, onFault: OnFault, channel: Channel = logChannel): Promise<LogBell> {
    const kept = new KeptConnection(connection, `listening to ${channel}`, onFault, async (client) => {
      client.on('notification', () => bell.ring());
      await client.query(`LISTEN ${channel}`);
    });
    const bell = new LogBell(kept);
    await kept.open();
    bell.#timer = setInterval(bell.ring, ringAnyway);
    return bell;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.kept.close();
  }
}

/**
 * Tells the publisher that something was committed. On a connection of its own and after the commit: a NOTIFY inside the
 * change would make all commits wait for one another. One is under way at a time; rings meanwhile become one more.
 */
export class OutboxNotifier {
  #isUnderWay = false;
  #isRungAgain = false;

  private constructor(
    private readonly kept: KeptConnection,
    private readonly onFault: OnFault,
  ) {}

  static async open(connection: Connection, onFault: OnFault): Promise<OutboxNotifier> {
    const kept = new KeptConnection(connection, 'telling the publisher', onFault, async () => undefined);
    await kept.open();
    return new OutboxNotifier(kept, onFault);
  }

  readonly ring = (): void => {
    if (this.#isUnderWay) this.#isRungAgain = true;
    else void this.#notify();
  };

  close(): Promise<void> {
    return this.kept.close();
  }

  async #notify(): Promise<void> {
    this.#isUnderWay = true;
    do {
      this.#isRungAgain = false;
      // Where it is lost, the publisher's own polling finds what was committed.
      await this.kept.client
        ?.query(`NOTIFY ${outboxChannel}`)
        .catch((error: unknown) => this.onFault('telling the publisher', error));
    } while (this.#isRungAgain);
    this.#isUnderWay = false;
  }
}
