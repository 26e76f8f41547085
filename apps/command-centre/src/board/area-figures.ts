import { Problem } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import type { KpiFigure } from './board.dto.js';
import { figureOf } from './figure.js';

/** Which cells of an area: of the hours that begin from `from` on and before `to`, epoch milliseconds. */
export interface CellScope {
  readonly areaCode: string;
  readonly from: number;
  readonly to: number;
  /** Of these stations alone; of all, and of what is at none, where it is null. */
  readonly codes: readonly string[] | null;
}

interface FigureBucket {
  readonly kpi: string;
  readonly flow: string;
  readonly split: string;
  readonly bucket: number;
  readonly count: number;
}

/** The condition of a statement whose first parameters are `parametersOf`. */
export const cellsOfScope = `area_code = $1 AND dimension = 'station'
  AND hour >= to_timestamp($2::double precision / 1000) AND hour < to_timestamp($3::double precision / 1000)
  AND ($4::text[] IS NULL OR code = ANY($4))`;

export const parametersOf = ({ areaCode, from, to, codes }: CellScope): unknown[] => [areaCode, from, to, codes];

/** Every figure of an area in a stretch of time, by flow and part: what the board shows, and what reports say. */
export async function areaFigures(database: Database, scope: CellScope): Promise<KpiFigure[]> {
  const rows = await database.rows<FigureBucket>(readFigures, parametersOf(scope));
  const figures: KpiFigure[] = [];
  // The buckets come in the order of figures.
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

/**
 * The stations that are meant: of those that one may see, the ones that lie in the county. Null stands for all of the area.
 * @throws Problem as `assertCounty` does.
 */
export async function stationCodes(
  database: Database,
  areaCode: string,
  stations: readonly string[] | undefined,
  countyCode: string | undefined,
): Promise<readonly string[] | null> {
  if (countyCode === undefined) return stations ?? null;
  const rows = await database.rows<{ code: string }>(readStationsOfCounty, [areaCode, countyCode]);
  const inCounty = rows.map(({ code }) => code);
  if (inCounty.length === 0) await assertCounty(database, areaCode, countyCode);
  return stations ? inCounty.filter((code) => stations.includes(code)) : inCounty;
}

/**
 * @throws Problem `COUNTY.NOT_FOUND` where neither a station nor an enterprise of the area lies in the county: noughts would say that all
 * is quiet there.
 */
export async function assertCounty(database: Database, areaCode: string, countyCode: string): Promise<void> {
  if ((await database.rows(readAnythingOfCounty, [areaCode, countyCode])).length > 0) return;
  const message = `nothing of area ${areaCode} lies in a county ${countyCode}`;
  throw new Problem('not_found', 'COUNTY.NOT_FOUND', message, { areaCode, countyCode });
}

const readFigures = `
  SELECT kpi, flow, split, bucket, sum(count)::bigint AS count FROM command_centre.cells
  WHERE ${cellsOfScope} GROUP BY kpi, flow, split, bucket ORDER BY kpi, flow, split, bucket`;

const readStationsOfCounty = `
  SELECT station_code AS code FROM command_centre.stories
  WHERE area_code = $1 AND kind = 'station' AND state IS NOT NULL AND label = $2 ORDER BY station_code`;

const readAnythingOfCounty = `
  SELECT 1 FROM command_centre.enterprises WHERE area_code = $1 AND county_code = $2
  UNION ALL SELECT 1 FROM command_centre.stories
            WHERE area_code = $1 AND kind = 'station' AND state IS NOT NULL AND label = $2 LIMIT 1`;
