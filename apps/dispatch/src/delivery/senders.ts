import { Injectable } from '@nestjs/common';
import { keyOfSecret } from './signature.js';
import type { Sender } from './message.js';
import type { SubscriptionRow } from '../subscriptions/subscription.js';
import { SubscriptionSecrets } from '../subscriptions/subscription-secrets.js';

/** Opens what a subscription signs with. */
@Injectable()
export class Senders {
  constructor(private readonly secrets: SubscriptionSecrets) {}

  /** @throws Error where its key is gone from the keystore. */
  async of(row: SubscriptionRow): Promise<Sender> {
    const id = row.subscription_id;
    const sealed = row.previous_sealed === null ? [row.secret_sealed] : [row.secret_sealed, row.previous_sealed];
    const secrets = await Promise.all(sealed.map((each) => this.secrets.open(id, each)));
    return {
      subscriptionId: id,
      url: new URL(row.url),
      keys: secrets.map(keyOfSecret),
      previousUntil: row.previous_until,
      headers: await this.secrets.openHeaders(id, row.headers_sealed),
    };
  }
}

/** The keys that messages carry signatures of now. */
export const keysAt = ({ keys, previousUntil }: Sender, now: number): readonly Buffer[] =>
  previousUntil !== null && previousUntil <= now ? keys.slice(0, 1) : keys;
