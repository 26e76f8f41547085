import { Injectable } from '@nestjs/common';
import type { ChangeRequest } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Once } from '../changes/once.js';
import { lockSubscription } from './subscription.js';
import { SubscriptionSecrets } from './subscription-secrets.js';

/**
 * Ends a subscription with its secret, at once; its deliveries are removed behind it, however many there are. What has happened
 * stays in the log.
 */
@Injectable()
export class DeleteSubscription {
  constructor(
    private readonly once: Once,
    private readonly secrets: SubscriptionSecrets,
  ) {}

  async execute(request: ChangeRequest, caller: Caller, id: string): Promise<{ readonly subscriptionId: string }> {
    const answer = await this.once.execute(request, async ({ tx, at }) => {
      await lockSubscription(tx, caller, id);
      await tx.rows(remember, [id, at]);
      await tx.one('DELETE FROM dispatch.subscriptions WHERE subscription_id = $1 RETURNING 1', [id]);
      return { subscriptionId: id };
    });
    // After the commit: what is not deleted keeps its secret. Where this fails, whoever removes the deliveries does it.
    await this.secrets.forget(id);
    return answer;
  }
}

const remember = `
  INSERT INTO dispatch.ended_subscriptions (subscription_id, ended_at)
  VALUES ($1, to_timestamp($2::double precision / 1000))`;
