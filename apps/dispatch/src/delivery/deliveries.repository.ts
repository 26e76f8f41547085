import { Injectable } from '@nestjs/common';
import { Database } from '@yizhan/persistence';
import { insertNotice, subscriptionColumns, type SubscriptionRow } from '../subscriptions/subscription.js';
import { attemptsKept } from './attempt.js';
import { BatchesRepository } from './batches.repository.js';
import type { Fortune } from './breaker.js';
import * as sql from './deliveries.sql.js';
import type { Outcome } from './outcome.js';

/** A subscription that is delivered to, with what waits for it. */
export interface ActiveRow extends SubscriptionRow {
  /**
   * Rows whose time has come and that are not done, counted up to `mostPending`: leased, new, or behind another one of their
   * truck. What waits for its next attempt is not among them.
   */
  readonly waiting: number;
  /** Whether one of them is due that nobody has in hand. */
  readonly has_due: boolean;
  /** Whether it is to be in order, and something was made before that. */
  readonly has_unkeyed: boolean;
  /** Whether a process is gone that had something of it in hand. */
  readonly has_abandoned: boolean;
  readonly has_replay: boolean;
}

/** Something that this process has leased. */
export interface Leased {
  readonly position: number;
  readonly number: number;
  readonly eventId: string;
  /** Attempts of its present schedule that have failed. */
  readonly tries: number;
  readonly document: string;
}

/** An event that is to be delivered. */
export interface NewDelivery {
  readonly position: number;
  readonly eventId: string;
  readonly type: string;
  /** What it is kept in order with; null where the subscription has not asked for order. */
  readonly orderKey: string | null;
}

/** Beyond this many that are due, no more of the log is made into deliveries: it keeps them. */
export const mostPending = 5_000;
/** A replay makes no more due while so many are: new events have room beside it. */
export const mostReplayed = 1_000;

/** The rows that deliveries are. Leases and rates go by the clock of the database, everything else by the product's. */
@Injectable()
export class DeliveriesRepository {
  constructor(
    private readonly database: Database,
    /** Those that have no row yet. */
    readonly batches: BatchesRepository,
  ) {}

  active(now: number): Promise<ActiveRow[]> {
    return this.database.rows<ActiveRow>(sql.active(subscriptionColumns), [now, mostPending]);
  }

  async subscription(id: string): Promise<SubscriptionRow | undefined> {
    const [row] = await this.database.rows<SubscriptionRow>(sql.one(subscriptionColumns), [id]);
    return row;
  }

  /**
   * Makes rows of what lies after `from`, and moves on to `to`.
   * @returns whether it has; not where another process is at it, or has been, or the subscription was changed
   */
  async make(
    { subscription_id, version }: SubscriptionRow,
    {
      from,
      to,
      deliveries,
    }: { readonly from: number; readonly to: number; readonly deliveries: readonly NewDelivery[] },
    now: number,
  ): Promise<boolean> {
    const [moved] = await this.database.rows(sql.make, [
      subscription_id,
      version,
      from,
      to,
      deliveries.map(({ position }) => position),
      deliveries.map(({ eventId }) => eventId),
      deliveries.map(({ type }) => type),
      deliveries.map(({ orderKey }) => orderKey),
      now,
    ]);
    return moved !== undefined;
  }

  /** Takes what is due and in nobody's hand; of what is ordered only what is first of its truck. */
  lease(
    { subscription_id, ordered, version }: SubscriptionRow,
    limit: number,
    { now, owner, lease }: { readonly now: number; readonly owner: string; readonly lease: number },
  ): Promise<Leased[]> {
    const values = [subscription_id, now, limit, owner, lease, version];
    return this.database.rows<Leased>(ordered ? sql.leaseInOrder : sql.lease, values);
  }

  /** Pending deliveries without a key of order, at most `limit`, by position. */
  unkeyed(id: string, limit: number): Promise<{ position: number; document: string }[]> {
    return this.database.rows(sql.unkeyed, [id, limit]);
  }

  /** What each of them is kept in order with from now on. */
  async giveKeys(id: string, positions: readonly number[], orderKeys: readonly string[]): Promise<void> {
    await this.database.rows(sql.giveKeys, [id, positions, orderKeys]);
  }

  /** Records attempts. What somebody else has brought to an end meanwhile stays ended. */
  async record(outcomes: readonly Outcome[], now: number, owner: string): Promise<void> {
    await this.database.rows(sql.record, [
      outcomes.map((each) => each.subscriptionId),
      outcomes.map((each) => each.position),
      outcomes.map((each) => each.state),
      outcomes.map((each) => each.tries),
      outcomes.map((each) => each.dueAt),
      outcomes.map((each) => JSON.stringify(each.attempt)),
      now,
      attemptsKept,
      owner,
    ]);
  }

  /** Gives back what this process has leased and not begun, or not brought to an end. */
  async release(id: string, positions: readonly number[], owner: string): Promise<void> {
    if (positions.length > 0) await this.database.rows(sql.release, [id, positions, owner]);
  }

  /** @param version which of its endpoints has fared so: another one is not told of it. */
  async saveFortune(id: string, version: number, { failures, failingSince, heldUntil }: Fortune): Promise<void> {
    await this.database.rows(sql.saveFortune, [id, failures, failingSince, heldUntil, version]);
  }

  /** @returns how many messages may be sent now, at most `wanted`, of an endpoint that takes so many a second. */
  async takeTurns(id: string, perSecond: number, wanted: number): Promise<number> {
    const [taken] = await this.database.rows<{ taken: number }>(sql.takeTurns, [id, perSecond, wanted]);
    return taken?.taken ?? 0;
  }

  /** Gives back turns that nothing was sent for. */
  async giveBackTurns(id: string, perSecond: number, count: number): Promise<void> {
    await this.database.rows(sql.giveBackTurns, [id, perSecond, count]);
  }

  /** Disables a subscription that is active, and says why; not where its endpoint is another one by now. */
  async disable(
    { id, version }: { readonly id: string; readonly version: number },
    reason: 'gone' | 'failing',
    message: string,
    now: number,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [row] = await tx.rows(sql.disable, [id, reason, now, version]);
      if (row) await tx.rows(insertNotice, [id, now, `disabled_${reason}`, message]);
    });
  }
}
