import { Injectable } from '@nestjs/common';
import { Keystore } from '@yizhan/keystore';
import type { CustomHeader } from './custom-headers.js';

const ownerOf = (subscriptionId: string): string => `subscription:${subscriptionId}`;
const secretUse = 'webhook secret';
const headersUse = 'webhook headers';

/** Secrets and custom headers of subscriptions: the database has them sealed under a key that lies in the keystore. */
@Injectable()
export class SubscriptionSecrets {
  constructor(private readonly keystore: Keystore) {}

  async seal(subscriptionId: string, secret: string): Promise<Buffer> {
    return (await this.keystore.ensure(ownerOf(subscriptionId))).seal(secret, secretUse);
  }

  /** Null where there are none. */
  async sealHeaders(subscriptionId: string, headers: readonly CustomHeader[]): Promise<Buffer | null> {
    if (headers.length === 0) return null;
    return (await this.keystore.ensure(ownerOf(subscriptionId))).seal(JSON.stringify(headers), headersUse);
  }

  /** @throws Error where the key is gone. */
  async open(subscriptionId: string, sealed: Buffer): Promise<string> {
    return (await this.keystore.ensure(ownerOf(subscriptionId))).open(sealed, secretUse).toString();
  }

  async openHeaders(subscriptionId: string, sealed: Buffer | null): Promise<readonly CustomHeader[]> {
    if (sealed === null) return [];
    const key = await this.keystore.ensure(ownerOf(subscriptionId));
    return JSON.parse(key.open(sealed, headersUse).toString()) as CustomHeader[];
  }

  /** Forgets both for good, in backups of the database too. */
  async forget(subscriptionId: string): Promise<void> {
    await this.keystore.destroy(ownerOf(subscriptionId));
  }
}
