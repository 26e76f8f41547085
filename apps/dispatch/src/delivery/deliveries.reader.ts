import { Injectable } from '@nestjs/common';
import { type Page, pageOf, type PageQuery } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Problem, toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { noSuch, scopeOf } from '../subscriptions/subscription.js';
import type { Attempt } from './attempt.js';
import type { DeliveriesQuery, DeliveryResponse, ReplayResponse } from './deliveries.dto.js';
import { inHand } from './batches.sql.js';
import { webhookIdOf } from './message.js';

interface DeliveryRow {
  readonly subscription_id: string;
  readonly position: number;
  readonly number: number;
  readonly event_id: string;
  readonly type: string;
  readonly state: DeliveryResponse['state'];
  readonly under_way: boolean;
  readonly tries: number;
  readonly made_at: number;
  readonly due_at: number;
  readonly ended_at: number | null;
  readonly attempts: Attempt[];
}

interface ReplayRow {
  readonly replay_id: string;
  readonly what: ReplayResponse['what'];
  readonly since_at: number;
  readonly until_at: number;
  readonly state: ReplayResponse['state'];
  readonly queued: number;
  readonly left_over: number;
  readonly created_at: number;
}

/** What was and is to be delivered, with every attempt that is kept. */
@Injectable()
export class Deliveries {
  constructor(private readonly database: Database) {}

  /** The newest event first. */
  async list(caller: Caller, id: string, query: DeliveriesQuery): Promise<Page<DeliveryResponse>> {
    await this.#requireOwn(caller, id);
    const [before = null] = query.afterKeys(1) ?? [];
    const rows = await this.database.rows<DeliveryRow>(listThem, [id, query.state ?? null, before, query.limit + 1]);
    return pageOf(rows, query.limit, (row) => [String(row.position)], responseOf);
  }

  /** @throws Problem `not_found`. */
  async one(caller: Caller, id: string, position: number): Promise<DeliveryResponse> {
    await this.#requireOwn(caller, id);
    const [row] = await this.database.rows<DeliveryRow>(showOne, [id, position]);
    if (row) return responseOf(row);
    const message = `the subscription has no delivery of position ${position}`;
    throw new Problem('not_found', 'DELIVERY.NOT_FOUND', message, { position: String(position) });
  }

  /** The newest first. */
  async replays(caller: Caller, id: string, query: PageQuery): Promise<Page<ReplayResponse>> {
    await this.#requireOwn(caller, id);
    const [before = null] = query.afterKeys(1) ?? [];
    const rows = await this.database.rows<ReplayRow>(listReplays, [id, before, query.limit + 1]);
    return pageOf(rows, query.limit, (row) => [row.replay_id], replayOf);
  }

  async #requireOwn(caller: Caller, id: string): Promise<void> {
    const [found] = await this.database.rows(isOwn, [id, scopeOf(caller)]);
    if (!found) noSuch(id);
  }
}

function responseOf(row: DeliveryRow): DeliveryResponse {
  return {
    position: String(row.position),
    number: row.number,
    eventId: row.event_id,
    type: row.type,
    webhookId: webhookIdOf(row.event_id, row.subscription_id),
    state: row.state,
    isUnderWay: row.under_way,
    tries: row.tries,
    madeAt: toIso(row.made_at),
    attempts: row.attempts,
    ...(row.state === 'pending' ? { nextAttemptAt: toIso(row.due_at) } : {}),
    ...(row.ended_at === null ? {} : { endedAt: toIso(row.ended_at) }),
  };
}

const replayOf = (row: ReplayRow): ReplayResponse => ({
  replayId: row.replay_id,
  what: row.what,
  since: toIso(row.since_at),
  until: toIso(row.until_at),
  state: row.state,
  queued: row.queued,
  left: row.left_over,
  createdAt: toIso(row.created_at),
});

const isOwn = `
  SELECT 1 FROM dispatch.subscriptions WHERE subscription_id = $1 AND ($2::text IS NULL OR carrier_id = $2)`;

const columns = `
  subscription_id, position, number, event_id, type, state, tries, made_at, due_at, ended_at, attempts,
  state = 'pending' AND leased_until IS NOT NULL AND leased_until > clock_timestamp() AS under_way`;

/** What is in hand for the first time, as it would be shown with a row. */
const firstInHand = `
  SELECT h.subscription_id, h.position, h.number, e.event_id, e.type, 'pending' AS state, 0 AS tries, h.made_at, h.made_at AS due_at,
    NULL::timestamptz AS ended_at, '[]'::jsonb AS attempts, h.leased_until > clock_timestamp() AS under_way
  FROM (${inHand}) AS h JOIN event_log.entries e ON e.position = h.position WHERE h.subscription_id = $1`;

const listThem = `
  (SELECT ${columns} FROM dispatch.deliveries
   WHERE subscription_id = $1 AND ($2::text IS NULL OR state = $2) AND ($3::bigint IS NULL OR position < $3::bigint)
   ORDER BY position DESC LIMIT $4)
  UNION ALL
  (${firstInHand} AND ($2::text IS NULL OR $2 = 'pending') AND ($3::bigint IS NULL OR h.position < $3::bigint))
  ORDER BY position DESC LIMIT $4`;

const showOne = `
  SELECT ${columns} FROM dispatch.deliveries WHERE subscription_id = $1 AND position = $2
  UNION ALL (${firstInHand} AND h.position = $2)`;

const listReplays = `
  SELECT replay_id, what, since_at, coalesce(until_at, created_at) AS until_at, state, queued, created_at,
    CASE state WHEN 'running' THEN greatest(0, last_position - position) ELSE 0 END AS left_over
  FROM dispatch.replays
  WHERE subscription_id = $1 AND ($2::uuid IS NULL OR replay_id < $2::uuid) ORDER BY replay_id DESC LIMIT $3`;
