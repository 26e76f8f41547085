import { Injectable } from '@nestjs/common';
import type { ChangeRequest } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { Once } from '../changes/once.js';
import { lockSubscription } from '../subscriptions/subscription.js';
import { inHand } from './batches.sql.js';

export interface RedeliveryAnswer {
  readonly subscriptionId: string;
  readonly position: string;
}

/** Makes one delivery due again, whatever came of it: with the same id and number, and a new schedule. */
@Injectable()
export class Redeliver {
  constructor(private readonly once: Once) {}

  execute(request: ChangeRequest, caller: Caller, id: string, position: number): Promise<RedeliveryAnswer> {
    return this.once.execute(request, async ({ tx, at }) => {
      await lockSubscription(tx, caller, id);
      const [row] = await tx.rows<{ again: boolean }>(dueAgain, [id, position, at]);
      if (!row) {
        const message = `the subscription has no delivery of position ${position}`;
        throw new Problem('not_found', 'DELIVERY.NOT_FOUND', message, { position: String(position) });
      }
      if (!row.again)
        throw new Problem('conflict', 'DELIVERY.UNDER_WAY', 'it is under way now', { retryAfterSeconds: 30 });
      return { subscriptionId: id, position: String(position) };
    });
  }
}

/** What only its batch stands for is on its way, or about to be. */
const dueAgain = `
  WITH found AS (
    SELECT position, leased_until IS NULL OR leased_until < clock_timestamp() AS free FROM dispatch.deliveries
    WHERE subscription_id = $1 AND position = $2 FOR UPDATE
  ), again AS (
    UPDATE dispatch.deliveries d SET state = 'pending', tries = 0, due_at = to_timestamp($3::double precision / 1000),
      due_again_at = to_timestamp($3::double precision / 1000), ended_at = NULL, leased_by = NULL, leased_until = NULL
    FROM found WHERE d.subscription_id = $1 AND d.position = found.position AND found.free RETURNING 1)
  SELECT free AND EXISTS (SELECT FROM again) AS again FROM found
  UNION ALL
  SELECT false FROM (${inHand}) AS h WHERE h.subscription_id = $1 AND h.position = $2`;
