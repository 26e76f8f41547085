import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { capacityKept } from '../capacity/capacity.js';
import { KnownCapacity } from './known-capacity.js';
import type { AreaOverview, LastHourResponse, OverviewResponse } from './overview.dto.js';

const hour = 3_600_000;
const day = 24 * hour;
const comparedDays = 7;

type Standing = Omit<AreaOverview, 'capacity' | keyof Flow | keyof Alerts>;

interface Flow {
  readonly areaCode: string;
  readonly arrivalsIn: number;
  readonly arrivalsOut: number;
  readonly departures: number;
}

interface Alerts {
  readonly areaCode: string;
  readonly alertsWarn: number;
  readonly alertsCritical: number;
}

/** How every area stands, from what is open and from as many rows as a day has: not from the history. */
@Injectable()
export class OverviewReader {
  constructor(
    private readonly database: Database,
    private readonly capacity: KnownCapacity,
  ) {}

  /** @param areas undefined stands for all */
  async read(areas: readonly string[] | undefined, now: number): Promise<OverviewResponse> {
    const to = Math.floor(now / hour) * hour + hour;
    const scope = areas ?? null;
    const [standing, flows, alerts, lastHour, { totals, parts }] = await Promise.all([
      this.database.rows<Standing & { readonly areaCode: string }>(readStanding, [scope, now]),
      this.database.rows<Flow>(readFlows, [scope, to - 24 * hour, to]),
      this.database.rows<Alerts>(readAlerts, [scope]),
      this.#lastHour(scope, to - 2 * hour),
      this.capacity.read(areas, now),
    ]);
    const flowOf = new Map(flows.map(({ areaCode, ...flow }) => [areaCode, flow]));
    const alertsOf = new Map(alerts.map(({ areaCode, ...levels }) => [areaCode, levels]));
    const totalsOf = byArea(totals);
    const partsOf = byArea(parts);
    return {
      asOf: toIso(now),
      capacity: capacityKept(totals, parts),
      lastHour,
      areas: standing.map((area) => ({
        ...area,
        ...(flowOf.get(area.areaCode) ?? noFlow),
        ...(alertsOf.get(area.areaCode) ?? noAlerts),
        capacity: capacityKept(totalsOf.get(area.areaCode) ?? [], partsOf.get(area.areaCode) ?? []),
      })),
    };
  }

  /** @param at when the last full hour began, epoch milliseconds. A day counts where anything was counted by then: before, nobody did. */
  async #lastHour(areas: readonly string[] | null, at: number): Promise<LastHourResponse> {
    const asked = Array.from({ length: comparedDays + 1 }, (_, days) => at - days * day);
    const [[first], rows] = await Promise.all([
      this.database.rows<{ hour: number }>(readFirstHour, [areas]),
      this.database.rows<{ hour: number; departures: number }>(readHours, [areas, asked]),
    ]);
    const leftAt = new Map(rows.map(({ hour: each, departures }) => [each, departures]));
    const [now = 0, ...before] = asked
      .filter((each) => each === at || (first !== undefined && each >= first.hour))
      .map((each) => leftAt.get(each) ?? 0);
    const [yesterday] = before;
    return {
      hour: toIso(at),
      now,
      ...(yesterday !== undefined && {
        yesterday,
        usual: before.reduce((sum, departures) => sum + departures, 0) / before.length,
      }),
    };
  }
}

function byArea<T extends { readonly areaCode: string }>(rows: readonly T[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.areaCode);
    if (group) group.push(row);
    else groups.set(row.areaCode, [row]);
  }
  return groups;
}

const noFlow = { arrivalsIn: 0, arrivalsOut: 0, departures: 0 };
const noAlerts = { alertsWarn: 0, alertsCritical: 0 };

const instant = (parameter: string): string => `to_timestamp(${parameter}::double precision / 1000)`;

/** An area is there as soon as it has a station. */
const readStanding = `
  SELECT area_code AS "areaCode",
    count(*) FILTER (WHERE kind = 'visit' AND state = 'queued_outside') AS "queuedOutside",
    count(*) FILTER (WHERE kind = 'visit' AND state NOT IN ('queued_outside', 'announced')) AS "onSite",
    count(*) FILTER (WHERE kind = 'visit' AND state = 'waiting_for_driver') AS "waitingForDriver",
    count(*) FILTER (WHERE kind = 'driver') AS "driversOnDuty",
    count(*) FILTER (WHERE kind = 'driver' AND state = 'idle') AS "driversIdle",
    count(*) FILTER (WHERE kind = 'run') AS "runsOut",
    count(*) FILTER (WHERE kind = 'run' AND due < ${instant('$2')}) AS "runsOverdue",
    count(*) FILTER (WHERE kind = 'exception') AS exceptions,
    count(*) FILTER (WHERE kind = 'station') AS stations,
    count(*) FILTER (WHERE kind = 'station' AND state <> 'open') AS "stationsNotOpen"
  FROM command_centre.stories WHERE state IS NOT NULL AND ($1::text[] IS NULL OR area_code = ANY ($1))
  GROUP BY area_code HAVING count(*) FILTER (WHERE kind = 'station') > 0 ORDER BY area_code`;

const readFlows = `
  SELECT area_code AS "areaCode",
    coalesce(sum(count) FILTER (WHERE figure = 'arrived' AND split = 'into_zone'), 0)::bigint AS "arrivalsIn",
    coalesce(sum(count) FILTER (WHERE figure = 'arrived' AND split = 'out_of_zone'), 0)::bigint AS "arrivalsOut",
    coalesce(sum(count) FILTER (WHERE figure = 'departed'), 0)::bigint AS departures
  FROM command_centre.throughput
  WHERE hour >= ${instant('$2')} AND hour < ${instant('$3')} AND figure IN ('arrived', 'departed')
    AND ($1::text[] IS NULL OR area_code = ANY ($1))
  GROUP BY area_code`;

const readFirstHour = `
  SELECT hour FROM command_centre.throughput WHERE $1::text[] IS NULL OR area_code = ANY ($1) ORDER BY hour LIMIT 1`;

const readHours = `
  SELECT hour, sum(count)::bigint AS departures FROM command_centre.throughput
  WHERE hour IN (SELECT to_timestamp(at / 1000) FROM unnest($2::double precision[]) AS at) AND figure = 'departed'
    AND ($1::text[] IS NULL OR area_code = ANY ($1))
  GROUP BY hour`;

const readAlerts = `
  SELECT area_code AS "areaCode", count(*) FILTER (WHERE level = 'warn') AS "alertsWarn",
    count(*) FILTER (WHERE level = 'critical') AS "alertsCritical"
  FROM command_centre.alerts WHERE resolved_at IS NULL AND ($1::text[] IS NULL OR area_code = ANY ($1)) GROUP BY area_code`;
