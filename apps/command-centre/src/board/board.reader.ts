import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { areaFigures, cellsOfScope, parametersOf, stationCodes } from './area-figures.js';
import type { AreaBoardResponse, HourOfStation, StandingNow } from './board.dto.js';

/** What of an area is shown. */
export interface BoardScope {
  readonly areaCode: string;
  /** Of these stations alone; of all, and of what is at none, where they are not named. */
  readonly stations?: readonly string[];
  /** Only those of them that lie in this county. */
  readonly countyCode?: string;
  readonly hours: number;
  /** Epoch milliseconds. */
  readonly now: number;
}

const hour = 3_600_000;

type HourRow = Omit<HourOfStation, 'hour'> & { readonly hour: number };
type NowRow = Omit<StandingNow, 'oldestSince'> & { readonly oldestSince: number };

/** Reads the last hours of an area, and how everything stands, from as many rows as there are hours: not from the history. */
@Injectable()
export class BoardReader {
  constructor(private readonly database: Database) {}

  async read({ areaCode, stations, countyCode, hours, now }: BoardScope): Promise<AreaBoardResponse> {
    const to = Math.floor(now / hour) * hour + hour;
    const from = to - hours * hour;
    const codes = await stationCodes(this.database, areaCode, stations, countyCode);
    const scope = { areaCode, from, to, codes };
    const [figures, byHour, standing] = await Promise.all([
      areaFigures(this.database, scope),
      this.database.rows<HourRow>(readHours, parametersOf(scope)),
      this.database.rows<NowRow>(readNow, [areaCode, now, codes]),
    ]);
    return {
      areaCode,
      from: toIso(from),
      to: toIso(to),
      asOf: toIso(now),
      figures,
      hours: byHour.map((row) => ({ ...row, hour: toIso(row.hour) })),
      now: standing.map(({ oldestSince, ...row }) => ({ ...row, oldestSince: toIso(oldestSince) })),
    };
  }
}

const readHours = `
  SELECT hour, code AS "stationCode", flow,
    coalesce(sum(count) FILTER (WHERE kpi = 'arrivals'), 0)::bigint AS arrivals,
    coalesce(sum(count) FILTER (WHERE kpi = 'departures'), 0)::bigint AS departures
  FROM command_centre.cells WHERE ${cellsOfScope} AND kpi IN ('arrivals', 'departures')
  GROUP BY hour, code, flow ORDER BY hour, code, flow`;

const readNow = `
  SELECT kind, state, station_code AS "stationCode", flow, label, count(*) AS count, min(since) AS "oldestSince",
    count(*) FILTER (WHERE due < to_timestamp($2::double precision / 1000)) AS overdue,
    floor(coalesce(sum(extract(epoch FROM greatest(due - to_timestamp($2::double precision / 1000), interval '0'))), 0))::bigint
      AS "secondsLeft",
    floor(sum(extract(epoch FROM greatest(to_timestamp($2::double precision / 1000) - since, interval '0'))))::bigint AS "secondsSince"
  FROM command_centre.stories
  WHERE area_code = $1 AND state IS NOT NULL AND ($3::text[] IS NULL OR station_code = ANY($3))
  GROUP BY kind, state, station_code, flow, label ORDER BY kind, state, station_code, flow, label`;
