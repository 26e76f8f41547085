import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@yizhan/persistence';
import { SubscriptionSecrets } from '../subscriptions/subscription-secrets.js';
import { DeliveryPorts } from './delivery-ports.js';
import * as sql from './deliveries.sql.js';

/** What came of a thousand rows. */
interface Looked {
  readonly gone: number;
  readonly lookedTo: number | null;
  /** Whether what lies behind them may be old enough too. */
  readonly hasOlder: boolean;
}

/**
 * Forgets what has ended long ago, and what is left of subscriptions that were deleted: a thousand rows to a statement, until
 * nothing is left that can go, so that it keeps up with whatever is delivered. Any number of processes may be at it.
 */
@Injectable()
export class Retention implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #log = new Logger('retention');
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(
    private readonly database: Database,
    private readonly secrets: SubscriptionSecrets,
    private readonly ports: DeliveryPorts,
  ) {}

  onApplicationBootstrap(): void {
    this.#begin();
    const { lookEvery, looksPerPurge } = this.ports.settings;
    this.#timer = setInterval(() => this.#begin(), lookEvery * looksPerPurge);
  }

  /** Breaks off between two statements. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    this.#isStopped = true;
    await this.#running;
  }

  /** Unless it is at it. */
  #begin(): void {
    this.#running ??= this.#run(this.ports.clock.now()).finally(() => (this.#running = undefined));
  }

  async #run(now: number): Promise<void> {
    try {
      await this.database.rows(sql.purgeOthers, [now]);
      for (const id of await this.#ids('dispatch.ended_subscriptions')) await this.#remove(id);
      for (const id of await this.#ids('dispatch.subscriptions')) await this.#purge(id, now);
    } catch (error) {
      // It begins anew in a minute.
      this.#log.warn(`what is old could not be removed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #ids(table: 'dispatch.subscriptions' | 'dispatch.ended_subscriptions'): Promise<string[]> {
    const rows = await this.database.rows<{ subscription_id: string }>(`SELECT subscription_id FROM ${table}`);
    return rows.map(({ subscription_id }) => subscription_id);
  }

  /** By position, which is nearly the order in which they were made: it ends where all that it sees are young. */
  async #purge(id: string, now: number): Promise<void> {
    for (let after = 0; !this.#isStopped;) {
      const [looked] = await this.database.rows<Looked>(sql.purgeSome, [id, now, after]);
      if (!looked?.hasOlder || looked.lookedTo === null) return;
      after = looked.lookedTo;
    }
  }

  async #remove(id: string): Promise<void> {
    // Whoever deleted it may have been killed before he came to this.
    await this.secrets.forget(id);
    while (!this.#isStopped) {
      const [{ gone }] = await this.database.rows<{ gone: number }>(sql.removeSome, [id]);
      if (gone === 0) break;
    }
    await this.database.rows(sql.removeEnded, [id]);
  }
}
