import { Injectable } from '@nestjs/common';
import type { ChangeRequest } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Problem, toIso } from '@yizhan/kernel';
import { Once } from '../changes/once.js';
import { newSecret } from '../delivery/signature.js';
import { leaveNotice, lockSubscription } from './subscription.js';
import { SubscriptionSecrets } from './subscription-secrets.js';

interface RotatedAnswer {
  readonly subscriptionId: string;
  /** When the secret was made, epoch milliseconds: tells one rotation from another. */
  readonly madeAt: number;
  /** Until when messages are signed with the one before too, epoch milliseconds; null: not any more. */
  readonly previousUntil: number | null;
}

const hour = 3_600_000;

/** Gives a subscription a new secret. For a day, or as long as is asked, messages carry a signature of the one before too. */
@Injectable()
export class RotateSecret {
  constructor(
    private readonly once: Once,
    private readonly secrets: SubscriptionSecrets,
  ) {}

  /** @param overlapHours 0 ends every earlier secret at once: for one that has leaked. */
  async execute(
    request: ChangeRequest,
    caller: Caller,
    id: string,
    overlapHours: number,
  ): Promise<RotatedAnswer & { readonly secret: string | null }> {
    const secret = newSecret();
    let isMine = false;
    const answer = await this.once.execute<RotatedAnswer>(request, async ({ tx, at }) => {
      const row = await lockSubscription(tx, caller, id);
      if (overlapHours > 0 && row.previous_until !== null && row.previous_until > at) {
        const message = `the secret before this one is still in use until ${toIso(row.previous_until)}; wait, or end it with overlapHours 0`;
        throw new Problem('conflict', 'SUBSCRIPTION.ROTATING', message, { until: toIso(row.previous_until) });
      }
      const previousUntil = overlapHours > 0 ? at + overlapHours * hour : null;
      const previous = previousUntil === null ? null : row.secret_sealed;
      await tx.one(update, [id, await this.secrets.seal(id, secret), at, previous, previousUntil]);
      leaveNotice(tx, id, at, ['secret_rotated', 'has a new secret']);
      isMine = true;
      return { subscriptionId: id, madeAt: at, previousUntil };
    });
    return { ...answer, secret: isMine ? secret : null };
  }
}

const update = `
  UPDATE dispatch.subscriptions
  SET secret_sealed = $2, secret_made_at = to_timestamp($3::double precision / 1000), previous_sealed = $4,
      previous_until = to_timestamp($5::double precision / 1000), version = version + 1
  WHERE subscription_id = $1 RETURNING 1`;
