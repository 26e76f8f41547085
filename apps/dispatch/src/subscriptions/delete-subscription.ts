import { Injectable } from '@nestjs/common';
import type { ChangeRequest } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Once } from '../changes/once.js';
import { lockSubscription } from './subscription.js';
import { SubscriptionSecrets } from './subscription-secrets.js';

/** Ends a subscription with its deliveries and its secret. What has happened stays in the log. */
@Injectable()
export class DeleteSubscription {
  constructor(
    private readonly once: Once,
    private readonly secrets: SubscriptionSecrets,
  ) {}

  execute(request: ChangeRequest, caller: Caller, id: string): Promise<{ readonly subscriptionId: string }> {
    return this.once.execute(request, async ({ tx }) => {
      await lockSubscription(tx, caller, id);
      // Before the commit: where that fails, asking again comes to the same end.
      await this.secrets.forget(id);
      await tx.one('DELETE FROM dispatch.subscriptions WHERE subscription_id = $1 RETURNING 1', [id]);
      return { subscriptionId: id };
    });
  }
}
