import { Injectable } from '@nestjs/common';
import { toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import type { AreaBoardResponse, HourOfStation, KpiFigure, StandingNow } from './board.dto.js';
import { figureOf } from './figure.js';

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

interface FigureBucket {
  readonly kpi: string;
  readonly flow: string;
  readonly split: string;
  readonly bucket: number;
  readonly count: number;
}

type HourRow = Omit<HourOfStation, 'hour'> & { readonly hour: number };
type NowRow = Omit<StandingNow, 'oldestSince'> & { readonly oldestSince: number };

/** Reads the last hours of an area, and how everything stands, from as many rows as there are hours: not from the history. */
@Injectable()
export class BoardReader {
  constructor(private readonly database: Database) {}

  async read({ areaCode, stations, countyCode, hours, now }: BoardScope): Promise<AreaBoardResponse> {
    const to = Math.floor(now / hour) * hour + hour;
    const from = to - hours * hour;
    const codes = await this.#codes(areaCode, stations, countyCode);
    const [buckets, byHour, standing] = await Promise.all([
      this.database.rows<FigureBucket>(readFigures, [areaCode, from, to, codes]),
      this.database.rows<HourRow>(readHours, [areaCode, from, to, codes]),
      this.database.rows<NowRow>(readNow, [areaCode, now, codes]),
    ]);
    return {
      areaCode,
      from: toIso(from),
      to: toIso(to),
      asOf: toIso(now),
      figures: figuresOf(buckets),
      hours: byHour.map((row) => ({ ...row, hour: toIso(row.hour) })),
      now: standing.map(({ oldestSince, ...row }) => ({ ...row, oldestSince: toIso(oldestSince) })),
    };
  }

  async #codes(
    areaCode: string,
    stations: readonly string[] | undefined,
    countyCode: string | undefined,
  ): Promise<readonly string[] | null> {
    if (countyCode === undefined) return stations ?? null;
    const rows = await this.database.rows<{ code: string }>(readStationsOfCounty, [areaCode, countyCode]);
    const inCounty = rows.map(({ code }) => code);
    return stations ? inCounty.filter((code) => stations.includes(code)) : inCounty;
  }
}

/** The buckets come in the order of figures. */
function figuresOf(rows: readonly FigureBucket[]): KpiFigure[] {
  const figures: KpiFigure[] = [];
  for (let at = 0; at < rows.length;) {
    const { kpi, flow, split } = rows[at];
    const buckets: [number, number][] = [];
    for (let row = rows[at]; row && row.kpi === kpi && row.flow === flow && row.split === split; row = rows[at]) {
      buckets.push([row.bucket, row.count]);
      at += 1;
    }
    figures.push({ kpi, flow, split, ...figureOf(buckets) });
  }
  return figures;
}

const cellsOfScope = `area_code = $1 AND dimension = 'station'
  AND hour >= to_timestamp($2::double precision / 1000) AND hour < to_timestamp($3::double precision / 1000)
  AND ($4::text[] IS NULL OR code = ANY($4))`;

const readFigures = `
  SELECT kpi, flow, split, bucket, sum(count)::bigint AS count FROM command_centre.cells
  WHERE ${cellsOfScope} GROUP BY kpi, flow, split, bucket ORDER BY kpi, flow, split, bucket`;

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
      AS "secondsLeft"
  FROM command_centre.stories
  WHERE area_code = $1 AND state IS NOT NULL AND ($3::text[] IS NULL OR station_code = ANY($3))
  GROUP BY kind, state, station_code, flow, label ORDER BY kind, state, station_code, flow, label`;

const readStationsOfCounty = `
  SELECT station_code AS code FROM command_centre.stories
  WHERE area_code = $1 AND kind = 'station' AND state IS NOT NULL AND label = $2 ORDER BY station_code`;
