import type { Metrics } from '@yizhan/observability';
import type { ServicePorts } from '@yizhan/service-process';
import { subscriptionStates, type SubscriptionState } from '../subscriptions/subscription.js';
import { inHand } from './batches.sql.js';
import { mostPending } from './deliveries.repository.js';

/** Shows at every scrape how much waits to be delivered. */
export function measureBacklog(
  metrics: Metrics,
  { database, reader }: Pick<ServicePorts, 'database' | 'reader'>,
): void {
  metrics.readAtScrape('deliveryBacklog', async () => {
    const [{ pending }] = await database.rows<{ pending: number }>(countPending, [mostPending]);
    return [{ labels: {}, value: pending }];
  });
  metrics.readAtScrape('deliveryEventsBehind', async () => {
    const [{ position }] = await database.rows<{ position: number | null }>(farthestBehind);
    return [{ labels: {}, value: position === null ? 0 : Math.max(0, (await reader.head()) - position) }];
  });
  metrics.readAtScrape('subscriptions', async () => {
    const rows = await database.rows<{ state: SubscriptionState; count: number }>(countByState);
    const counts = new Map(rows.map(({ state, count }) => [state, count]));
    return subscriptionStates.map((state) => ({ labels: { state }, value: counts.get(state) ?? 0 }));
  });
}

const countPending = `
  SELECT (coalesce(sum(p.pending), 0) + (SELECT count(*) FROM (${inHand}) AS h))::bigint AS pending FROM dispatch.subscriptions s CROSS JOIN LATERAL (
    SELECT count(*) AS pending FROM (SELECT FROM dispatch.deliveries d
      WHERE d.subscription_id = s.subscription_id AND d.state = 'pending' LIMIT $1) AS counted) AS p
  WHERE s.state = 'active'`;

const farthestBehind = `SELECT min(position) AS position FROM dispatch.subscriptions WHERE state = 'active'`;

const countByState = 'SELECT state, count(*) AS count FROM dispatch.subscriptions GROUP BY state';
