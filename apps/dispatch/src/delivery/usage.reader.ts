import { Injectable } from '@nestjs/common';
import type { Caller } from '@yizhan/identity';
import { Clock } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { noSuch, scopeOf } from '../subscriptions/subscription.js';
import type { UsageResponse } from './usage.dto.js';

/** As long as what was delivered is known: see `purgeSome`. */
const days = 14;
const day = 24 * 3_600_000;

/** What became of the deliveries of a subscription, by the days of China. */
@Injectable()
export class Usage {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The newest day first, days without any among them. @throws Problem `not_found`. */
  async of(caller: Caller, subscriptionId: string): Promise<UsageResponse> {
    const since = this.clock.now() - (days - 1) * day;
    const [own] = await this.database.rows(isOwn, [subscriptionId, scopeOf(caller)]);
    if (!own) noSuch(subscriptionId);
    const rows = await this.database.rows<UsageResponse['days'][number]>(byDay, [subscriptionId, since, days]);
    return { subscriptionId, days: rows };
  }
}

const isOwn = `SELECT 1 FROM dispatch.subscriptions WHERE subscription_id = $1 AND ($2::text IS NULL OR carrier_id = $2)`;

/** Attempts are those that are kept of a delivery, counted on the day on which each was made. */
const byDay = `
  WITH days AS (
    SELECT ((to_timestamp($2::double precision / 1000) AT TIME ZONE 'Asia/Shanghai')::date + n) AS day FROM generate_series(0, $3::int - 1) n
  ), since AS (
    SELECT min(day)::timestamp AT TIME ZONE 'Asia/Shanghai' AS at FROM days
  ), ended AS (
    SELECT (d.ended_at AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*) FILTER (WHERE d.state = 'delivered') AS delivered,
      count(*) FILTER (WHERE d.state = 'failed') AS failed
    FROM dispatch.deliveries d, since WHERE d.subscription_id = $1 AND d.state <> 'pending' AND d.ended_at >= since.at GROUP BY 1
  ), tried AS (
    SELECT ((a->>'at')::timestamptz AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*) AS attempts,
      count(*) FILTER (WHERE a->>'failure' IS NOT NULL) AS refused
    FROM dispatch.deliveries d, since, jsonb_array_elements(d.attempts) a
    WHERE d.subscription_id = $1 AND (d.ended_at IS NULL OR d.ended_at >= since.at) GROUP BY 1
  )
  SELECT to_char(days.day, 'YYYY-MM-DD') AS day, coalesce(e.delivered, 0)::int AS delivered, coalesce(e.failed, 0)::int AS failed,
    coalesce(t.attempts, 0)::int AS attempts, coalesce(t.refused, 0)::int AS "failedAttempts"
  FROM days LEFT JOIN ended e ON e.day = days.day LEFT JOIN tried t ON t.day = days.day ORDER BY days.day DESC`;
