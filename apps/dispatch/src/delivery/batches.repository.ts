import { Injectable } from '@nestjs/common';
import { Database } from '@yizhan/persistence';
import type { SubscriptionRow } from '../subscriptions/subscription.js';
import type { Batch } from './batch.js';
import * as sql from './batches.sql.js';
import type { FirstOutcome } from './outcome.js';

/** New deliveries, many to a row, while a process has them in hand. Leases go by the clock of the database. */
@Injectable()
export class BatchesRepository {
  constructor(private readonly database: Database) {}

  /**
   * Gives what lies after `from` its numbers, leases it together, and moves on to `to`.
   * @returns the number of the last one, undefined where another process is at it, or has been, or the subscription was changed
   */
  async make(
    { subscription_id, version }: SubscriptionRow,
    { from, to, positions }: { readonly from: number; readonly to: number; readonly positions: readonly number[] },
    { now, owner, lease }: { readonly now: number; readonly owner: string; readonly lease: number },
  ): Promise<number | undefined> {
    const values = [subscription_id, version, from, to, positions, now, owner, lease];
    const [moved] = await this.database.rows<{ last_number: number }>(sql.make, values);
    return moved?.last_number;
  }

  /** Stores outcomes. @returns those whose batches somebody else has taken apart: they have rows already. */
  async store<T extends FirstOutcome>(outcomes: readonly T[], now: number): Promise<T[]> {
    const positions = new Map<Batch, Set<number>>();
    for (const { batch, position } of outcomes) {
      const some = positions.get(batch);
      if (some) some.add(position);
      else positions.set(batch, new Set([position]));
    }
    const batches = [...positions];
    const places = new Map(batches.map(([batch], index) => [batch, index + 1]));
    const rows = await this.database.rows<{ place: number }>(sql.store, [
      batches.map(([{ subscriptionId }]) => subscriptionId),
      batches.map(([{ firstNumber }]) => firstNumber),
      batches.map(([batch, some]) => batch.isWholeWith(some)),
      outcomes.map(({ batch }) => places.get(batch)),
      outcomes.map(({ position }) => position),
      outcomes.map(({ number }) => number),
      outcomes.map(({ eventId }) => eventId),
      outcomes.map(({ type }) => type),
      outcomes.map(({ state }) => state),
      outcomes.map(({ tries }) => tries),
      outcomes.map(({ dueAt }) => dueAt),
      JSON.stringify(outcomes.map(({ attempt }) => (attempt === null ? [] : [attempt]))),
      now,
    ]);
    const held = new Set<Batch>();
    for (const { place } of rows) {
      const [batch, some] = batches[place - 1] ?? [];
      if (!batch || !some) continue;
      batch.stored(some);
      held.add(batch);
    }
    return outcomes.filter(({ batch }) => !held.has(batch));
  }

  /** Whatever a process had in hand that is gone becomes rows that wait. @returns how many batches are still in hand. */
  async takeApart(subscriptionId: string): Promise<number> {
    const [row] = await this.database.rows<{ remaining: number }>(sql.takeApart, [subscriptionId]);
    return row?.remaining ?? 0;
  }
}
