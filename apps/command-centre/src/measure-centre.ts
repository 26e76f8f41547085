import type { Metrics } from '@yizhan/observability';
import type { ServicePorts } from '@yizhan/service-process';

const day = 86_400_000;

interface Counted {
  readonly area: string;
  readonly count: number;
}

/** Shows at every scrape how the areas stand, and whether their alerts reach anybody. */
export function measureCentre(metrics: Metrics, { database, clock }: Pick<ServicePorts, 'database' | 'clock'>): void {
  metrics.readAtScrape('trucksStanding', async () => {
    const rows = await database.rows<Counted & { state: string }>(countTrucks);
    return rows.map(({ area, state, count }) => ({ labels: { area, state }, value: count }));
  });
  metrics.readAtScrape('alertsOpen', async () => {
    const rows = await database.rows<Counted & { level: string; acknowledged: boolean }>(countAlerts);
    return rows.map(({ area, level, acknowledged, count }) => ({
      labels: { area, level, acknowledged: yesOrNo(acknowledged) },
      value: count,
    }));
  });
  metrics.readAtScrape('casesOpen', async () => {
    const rows = await database.rows<Counted & { overdue: boolean }>(countCases, [clock.now()]);
    return rows.map(({ area, overdue, count }) => ({ labels: { area, overdue: yesOrNo(overdue) }, value: count }));
  });
  metrics.readAtScrape('noticesWaiting', async () => {
    const rows = await database.rows<{ gateway: string; count: number }>(countWaiting);
    return rows.map(({ gateway, count }) => ({ labels: { gateway }, value: count }));
  });
  metrics.readAtScrape('noticesFailed', async () => {
    const rows = await database.rows<{ gateway: string; count: number }>(countFailed, [clock.now() - day]);
    return rows.map(({ gateway, count }) => ({ labels: { gateway }, value: count }));
  });
}

const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');

const countTrucks = `
  SELECT area_code AS area, state, count(*) AS count FROM command_centre.stories
  WHERE kind = 'visit' AND state IS NOT NULL GROUP BY area_code, state`;

const countAlerts = `
  SELECT area_code AS area, level, acknowledged_at IS NOT NULL AS acknowledged, count(*) AS count
  FROM command_centre.alerts WHERE resolved_at IS NULL GROUP BY 1, 2, 3`;

const countCases = `
  SELECT owner_area_code AS area, due_at <= to_timestamp($1::double precision / 1000) AS overdue, count(*) AS count
  FROM command_centre.cases WHERE closed_at IS NULL GROUP BY 1, 2`;

const countWaiting = `
  SELECT gateway, count(*) AS count FROM command_centre.notices WHERE state = 'waiting' GROUP BY gateway`;

const countFailed = `
  SELECT gateway, count(*) AS count FROM command_centre.notices
  WHERE state = 'failed' AND made_at > to_timestamp($1::double precision / 1000) GROUP BY gateway`;
