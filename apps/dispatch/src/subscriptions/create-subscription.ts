import { Injectable } from '@nestjs/common';
import type { ChangeRequest } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Ids, Problem } from '@yizhan/kernel';
import { AddressRules, readEndpointUrl } from '@yizhan/outgoing';
import { type Change, Once } from '../changes/once.js';
import { newSecret } from '../delivery/signature.js';
import type { EventFilter } from '../events/event-filter.js';
import { requireExistingTypes } from '../events/existing-types.js';
import { LogTail } from '../events/log-tail.js';
import { checkedHeaders, type CustomHeader } from './custom-headers.js';
import { leaveNotice, scopeOf } from './subscription.js';
import { SubscriptionSecrets } from './subscription-secrets.js';

export interface NewSubscription {
  readonly url: string;
  readonly description?: string;
  /** Whose trucks; a carrier's own where he asks himself. */
  readonly carrierId?: string;
  readonly filter?: EventFilter;
  readonly headers?: readonly CustomHeader[];
  readonly perSecond?: number;
  readonly ordered?: boolean;
  /** Position of the log after which it begins; the head where none is given. */
  readonly after?: string;
}

interface CreatedAnswer {
  readonly subscriptionId: string;
  readonly position: string;
}

/** Of one carrier, and of all that are for everybody's trucks. */
const mostOfOne = 20;

/** Makes a subscription. Nothing is sent before its endpoint is proven; what happens from now on waits for that. */
@Injectable()
export class CreateSubscription {
  constructor(
    private readonly once: Once,
    private readonly ids: Ids,
    private readonly rules: AddressRules,
    private readonly secrets: SubscriptionSecrets,
    private readonly tail: LogTail,
  ) {}

  async execute(
    request: ChangeRequest,
    caller: Caller,
    wanted: NewSubscription,
  ): Promise<CreatedAnswer & { readonly secret: string | null }> {
    const carrierId = carrierFor(caller, wanted.carrierId);
    const url = readEndpointUrl(wanted.url, this.rules.allowed).href;
    const headers = checkedHeaders(wanted.headers ?? []);
    requireExistingTypes(wanted.filter?.types, 'filter.types');
    const position = await this.#startOf(wanted.after);
    const secret = newSecret();
    let made: string | undefined;
    const answer = await this.once.execute<CreatedAnswer>(request, async (change) => {
      await assertRoom(change, carrierId);
      const id = this.ids.uuid(`${request.caller}|${request.key}|subscription`, change.at);
      made = id;
      const sealed = await Promise.all([this.secrets.seal(id, secret), this.secrets.sealHeaders(id, headers)]);
      await change.tx.rows(insert, [
        id,
        carrierId,
        url,
        wanted.description ?? null,
        JSON.stringify(wanted.filter ?? {}),
        headers.map(({ name }) => name),
        ...sealed,
        wanted.perSecond ?? null,
        wanted.ordered ?? false,
        position,
        change.at,
        request.caller,
      ]);
      leaveNotice(change.tx, id, change.at, ['created', 'made; its endpoint has still to be proven']);
      return { subscriptionId: id, position: String(position) };
    });
    // A repeated request gets the answer of the first, whose secret is shown to nobody again.
    return { ...answer, secret: answer.subscriptionId === made ? secret : null };
  }

  async #startOf(after: string | undefined): Promise<number> {
    const head = await this.tail.headFrom(Number(after ?? 0));
    return after === undefined ? head : Number(after);
  }
}

function carrierFor(caller: Caller, asked: string | undefined): string | null {
  const own = scopeOf(caller);
  if (own === null) return asked ?? null;
  if (asked === undefined || asked === own) return own;
  const message = 'you can only subscribe to what happens to your own trucks';
  throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_CARRIER', message, { field: 'carrierId' });
}

async function assertRoom({ tx }: Change, carrierId: string | null): Promise<void> {
  await tx.rows(lockCarrier, [carrierId ?? '']);
  const [{ count }] = await tx.rows<{ count: number }>(countOwn, [carrierId]);
  if (count < mostOfOne) return;
  const message = `there are ${mostOfOne} subscriptions already: delete one that nobody needs`;
  throw new Problem('conflict', 'SUBSCRIPTION.TOO_MANY', message, { most: mostOfOne });
}

const lockCarrier = `SELECT pg_advisory_xact_lock(hashtextextended('dispatch|subscriptions|' || $1::text, 0))`;

const countOwn = 'SELECT count(*) AS count FROM dispatch.subscriptions WHERE carrier_id IS NOT DISTINCT FROM $1';

const insert = `
  INSERT INTO dispatch.subscriptions (subscription_id, carrier_id, url, description, filter, header_names, secret_sealed,
    headers_sealed, per_second, ordered, position, state, created_at, created_by, changed_at, secret_made_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'unproven', to_timestamp($12::double precision / 1000), $13,
    to_timestamp($12::double precision / 1000), to_timestamp($12::double precision / 1000))`;
