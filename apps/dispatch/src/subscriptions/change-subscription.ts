import { Injectable } from '@nestjs/common';
import type { ChangeRequest } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { AddressRules, readEndpointUrl } from '@yizhan/outgoing';
import { Once } from '../changes/once.js';
import type { EventFilter } from '../events/event-filter.js';
import { requireExistingTypes } from '../events/existing-types.js';
import { checkedHeaders, type CustomHeader } from './custom-headers.js';
import { leaveNotice, lockSubscription, type SubscriptionRow, type SubscriptionState } from './subscription.js';
import { SubscriptionSecrets } from './subscription-secrets.js';

/** What is to be otherwise; what is left out stays. */
export interface SubscriptionChanges {
  readonly url?: string;
  readonly description?: string | null;
  /** In place of the whole filter. */
  readonly filter?: EventFilter;
  /** In place of all of them. */
  readonly headers?: readonly CustomHeader[];
  readonly perSecond?: number | null;
  readonly ordered?: boolean;
}

export interface StateAnswer {
  readonly subscriptionId: string;
  readonly state: SubscriptionState;
}

/**
 * Changes a subscription. Another filter holds for what the log has not been read for yet; another address has to be proven, and is
 * paused then where it was. What one host has asked for with `Retry-After` is no concern of another one.
 */
@Injectable()
export class ChangeSubscription {
  constructor(
    private readonly once: Once,
    private readonly rules: AddressRules,
    private readonly secrets: SubscriptionSecrets,
  ) {}

  execute(request: ChangeRequest, caller: Caller, id: string, wanted: SubscriptionChanges): Promise<StateAnswer> {
    const url = wanted.url === undefined ? undefined : readEndpointUrl(wanted.url, this.rules.allowed).href;
    const headers = wanted.headers && checkedHeaders(wanted.headers);
    requireExistingTypes(wanted.filter?.types, 'filter.types');
    return this.once.execute(request, async ({ tx, at }) => {
      const row = await lockSubscription(tx, caller, id);
      const isElsewhere = url !== undefined && url !== row.url;
      const state = isElsewhere ? 'unproven' : row.state;
      await tx.one(update, [
        id,
        url ?? row.url,
        wanted.description === undefined ? row.description : wanted.description,
        JSON.stringify(wanted.filter ?? row.filter),
        headers ? headers.map(({ name }) => name) : row.header_names,
        headers ? await this.secrets.sealHeaders(id, headers) : row.headers_sealed,
        wanted.perSecond === undefined ? row.per_second : wanted.perSecond,
        wanted.ordered ?? row.ordered,
        state,
        at,
        provenState(row),
        new URL(row.url).host !== new URL(url ?? row.url).host,
      ]);
      if (isElsewhere) leaveNotice(tx, id, at, ['moved', 'has another address, which has still to be proven']);
      return { subscriptionId: id, state };
    });
  }
}

/** What a proof leads to: who is paused stays so. */
function provenState({ state, proves_into }: SubscriptionRow): SubscriptionRow['proves_into'] {
  if (state === 'unproven') return proves_into;
  return state === 'paused' ? 'paused' : 'active';
}

const update = `
  UPDATE dispatch.subscriptions
  SET url = $2, description = $3, filter = $4, header_names = $5, headers_sealed = $6, per_second = $7, ordered = $8,
      state = $9, disabled_reason = CASE WHEN $9 = 'disabled' THEN disabled_reason END, version = version + 1,
      changed_at = to_timestamp($10::double precision / 1000), proves_into = $11,
      failures = CASE WHEN $12::boolean THEN 0 ELSE failures END, failing_since = CASE WHEN NOT $12::boolean THEN failing_since END,
      held_until = CASE WHEN NOT $12::boolean THEN held_until END
  WHERE subscription_id = $1 RETURNING 1`;
