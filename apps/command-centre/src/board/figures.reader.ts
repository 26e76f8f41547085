import { Injectable } from '@nestjs/common';
import { type Page, pageOf } from '@yizhan/http';
import { parseInstant, Problem, toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import type { dimensions, FigureRow, FiguresQuery, steps } from './board.dto.js';
import { figureOf } from './figure.js';

/** Which figures: all of what is not named. */
export interface FiguresScope {
  readonly areaCode: string;
  readonly by: (typeof dimensions)[number];
  readonly codes?: readonly string[];
  readonly step: (typeof steps)[number];
  readonly utcOffsetMinutes: number;
  /** Hours that begin from then on, and before `to`; epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

interface Row extends Omit<FigureRow, 'at' | 'count'> {
  readonly at: number;
  readonly buckets: number[];
  readonly counts: number[];
}

/** Figures by hour, day or in all, of stations or carriers. Days and totals are sums of hours, percentiles included. */
@Injectable()
export class FiguresReader {
  constructor(private readonly database: Database) {}

  async list(scope: FiguresScope, query: FiguresQuery): Promise<Page<FigureRow>> {
    const { areaCode, by, codes, from, to, step, utcOffsetMinutes } = scope;
    const [at = null, ...texts] = query.afterKeys(5) ?? [];
    const rows = await this.database.rows<Row>(readFigures[step], [
      areaCode,
      by,
      from,
      to,
      codes ?? null,
      query.kpi ?? null,
      query.limit + 1,
      at === null ? null : instantOfKey(at),
      ...(at === null ? [null, null, null, null] : texts),
      ...(step === 'day' ? [utcOffsetMinutes * 60] : []),
    ]);
    return pageOf(rows, query.limit, keysOf, shown);
  }
}

const keysOf = ({ at, code, flow, kpi, split }: Row): string[] => [toIso(at), code, flow, kpi, split];

const shown = ({ at, code, flow, kpi, split, buckets, counts }: Row): FigureRow => ({
  at: toIso(at),
  code,
  flow,
  kpi,
  split,
  ...figureOf(buckets.map((bucket, index) => [bucket, counts[index] ?? 0] as const)),
});

function instantOfKey(key: string): number {
  const at = parseInstant(key);
  if (at !== undefined) return at;
  throw new Problem('invalid', 'REQUEST.BAD_CURSOR', '`after` is no `next` of a page of this list', { field: 'after' });
}

const instant = (parameter: string): string => `to_timestamp(${parameter}::double precision / 1000)`;

const readBy = (at: string): string => `
  WITH buckets AS (
    SELECT ${at} AS at, code, flow, kpi, split, bucket, sum(count)::int AS count FROM command_centre.cells
    WHERE area_code = $1 AND dimension = $2 AND hour >= ${instant('$3')} AND hour < ${instant('$4')}
      AND ($5::text[] IS NULL OR code = ANY($5)) AND ($6::text IS NULL OR kpi = $6)
    GROUP BY 1, code, flow, kpi, split, bucket
  )
  SELECT at, code, flow, kpi, split, array_agg(bucket ORDER BY bucket) AS buckets, array_agg(count ORDER BY bucket) AS counts
  FROM buckets
  WHERE $8::double precision IS NULL
     OR (at, code, flow, kpi, split) > (${instant('$8')}, $9::text, $10::text, $11::text, $12::text)
  GROUP BY at, code, flow, kpi, split ORDER BY at, code, flow, kpi, split LIMIT $7`;

const readFigures = {
  hour: readBy('hour'),
  day: readBy(`date_bin('1 day', hour, to_timestamp(-$13::double precision))`),
  total: readBy(instant('$3')),
} as const;
