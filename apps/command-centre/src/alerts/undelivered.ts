import type { Database } from '@yizhan/persistence';
import { alertRules } from './alert-rules.js';
import type { WaitingMessages } from './picture.js';
import { groups } from './readings.js';

interface WaitingRow extends WaitingMessages {
  readonly areaCode: string;
}

/** What of one area waits; nothing of an area that is not in it. */
export type Undelivered = ReadonlyMap<string, readonly WaitingMessages[]>;

/**
 * Messages to endpoints that have waited so long that an alert may stand for them, by area. Dispatch shows them, whether it runs or not
 * (ADR 73). @param at epoch milliseconds
 */
export async function readUndelivered(database: Database, at: number): Promise<Undelivered> {
  const [{ there }] = await database.rows<{ there: boolean }>(isThere);
  // The command centre may be there before what dispatch shows it.
  if (!there) return new Map();
  const rows = await database.rows<WaitingRow>(readWaiting, [at - alertRules.webhook_backlog.warn.until * 1000]);
  return groups(rows, ({ areaCode }) => areaCode);
}

const isThere = `
  SELECT EXISTS (SELECT FROM pg_views WHERE schemaname = 'dispatch' AND viewname = 'waiting_messages') AS there`;

const readWaiting = `
  SELECT area_code AS "areaCode", subscription_id AS "subscriptionId", min(waits_since) AS since, count(*)::int AS messages
  FROM dispatch.waiting_messages WHERE waits_since <= to_timestamp($1::double precision / 1000)
  GROUP BY area_code, subscription_id ORDER BY since, subscription_id`;
