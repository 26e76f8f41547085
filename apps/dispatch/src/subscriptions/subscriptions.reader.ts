import { Injectable } from '@nestjs/common';
import { type Page, pageOf } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Clock, toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { inHand } from '../delivery/batches.sql.js';
import { mostPending } from '../delivery/deliveries.repository.js';
import type { OneSubscriptionResponse, SubscriptionResponse, SubscriptionsQuery } from './subscriptions.dto.js';
import { noSuch, scopeOf, subscriptionColumns, type SubscriptionRow } from './subscription.js';

interface ShownRow extends SubscriptionRow {
  readonly pending: number;
  readonly next_at: number | null;
}

interface NoticeRow {
  readonly noticed_at: number;
  readonly code: string;
  readonly message: string;
}

/** Subscriptions as they are shown: never their secrets. */
@Injectable()
export class Subscriptions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async list(caller: Caller, query: SubscriptionsQuery): Promise<Page<SubscriptionResponse>> {
    const scope = scopeOf(caller);
    const [after = null] = query.afterKeys(1) ?? [];
    const values = [scope ?? query.carrierId ?? null, after, query.limit + 1, mostPending];
    // A carrier that asks for another one's gets an empty page, as he would for one that does not exist.
    if (scope !== null && query.carrierId !== undefined && query.carrierId !== scope) return { items: [], next: null };
    const rows = await this.database.rows<ShownRow>(listThem, values);
    const now = this.clock.now();
    return pageOf(
      rows,
      query.limit,
      (row) => [row.subscription_id],
      (row) => responseOf(row, now),
    );
  }

  /** @throws Problem `not_found`. */
  async one(caller: Caller, id: string): Promise<OneSubscriptionResponse> {
    const [row] = await this.database.rows<ShownRow>(showOne, [id, scopeOf(caller), mostPending]);
    if (!row) return noSuch(id);
    const notices = await this.database.rows<NoticeRow>(listNotices, [id]);
    return {
      ...responseOf(row, this.clock.now()),
      notices: notices.map(({ noticed_at, code, message }) => ({ at: toIso(noticed_at), code, message })),
    };
  }
}

/** As its class has it, without being one. */
type Shown = Pick<SubscriptionResponse, keyof SubscriptionResponse>;

function responseOf(row: ShownRow, now: number): Shown {
  const previousUntil = row.previous_until !== null && row.previous_until > now ? row.previous_until : null;
  return {
    subscriptionId: row.subscription_id,
    url: row.url,
    filter: row.filter as SubscriptionResponse['filter'],
    headerNames: row.header_names,
    ordered: row.ordered,
    state: row.state,
    position: String(row.position),
    lastNumber: row.last_number,
    pending: row.pending,
    failures: row.failures,
    secretMadeAt: toIso(row.secret_made_at),
    createdAt: toIso(row.created_at),
    changedAt: toIso(row.changed_at),
    ...(row.carrier_id === null ? {} : { carrierId: row.carrier_id }),
    ...(row.description === null ? {} : { description: row.description }),
    ...(row.per_second === null ? {} : { perSecond: row.per_second }),
    ...(row.disabled_reason === null ? {} : { disabledReason: row.disabled_reason }),
    ...instants({ disabledAt: row.state === 'disabled' ? row.disabled_at : null }),
    ...instants({ provenAt: row.proven_at, nextAttemptAt: row.next_at, failingSince: row.failing_since }),
    ...instants({ heldUntil: row.held_until, previousSecretUntil: previousUntil }),
  };
}

function instants<K extends string>(given: Readonly<Record<K, number | null>>): Partial<Record<K, string>> {
  const known = Object.entries<number | null>(given).filter((entry): entry is [K, number] => entry[1] !== null);
  return Object.fromEntries(known.map(([name, at]) => [name, toIso(at)])) as Partial<Record<K, string>>;
}

const shown = (limit: string): string => `
  SELECT ${subscriptionColumns},
    (SELECT count(*) FROM (SELECT FROM dispatch.deliveries d
      WHERE d.subscription_id = s.subscription_id AND d.state = 'pending' LIMIT ${limit}) AS counted) + h.pending AS pending,
    least(h.next_at, (SELECT min(d.due_at) FROM dispatch.deliveries d
      WHERE d.subscription_id = s.subscription_id AND d.state = 'pending')) AS next_at
  FROM dispatch.subscriptions s
  CROSS JOIN LATERAL (SELECT count(*) AS pending, min(first.made_at) AS next_at
    FROM (${inHand}) AS first WHERE first.subscription_id = s.subscription_id) AS h`;

const listThem = `${shown('$4')}
  WHERE ($1::text IS NULL OR s.carrier_id = $1) AND ($2::uuid IS NULL OR s.subscription_id > $2::uuid)
  ORDER BY s.subscription_id LIMIT $3`;

const showOne = `${shown('$3')} WHERE s.subscription_id = $1 AND ($2::text IS NULL OR s.carrier_id = $2)`;

const listNotices = `
  SELECT noticed_at, code, message FROM dispatch.notices WHERE subscription_id = $1 ORDER BY notice_id DESC LIMIT 50`;
