import { Injectable } from '@nestjs/common';
import { type Page, pageOf } from '@yizhan/http';
import { parseInstant, Problem, toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import type { ThroughputQuery, ThroughputRow } from './throughput.dto.js';

/** Which rows: all of what is not named. */
export interface ThroughputScope {
  readonly areas?: readonly string[];
  readonly stations?: readonly string[];
  /** Hours that begin from then on, and before `to`; epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

interface Row {
  readonly hour: number;
  readonly area_code: string;
  readonly station_code: string;
  readonly figure: string;
  readonly split: string;
  readonly count: number;
}

/** The throughput as it is shown: by hour, area, station, figure and split. */
@Injectable()
export class Throughput {
  constructor(private readonly database: Database) {}

  async list(scope: ThroughputScope, query: ThroughputQuery): Promise<Page<ThroughputRow>> {
    const values: unknown[] = [query.limit + 1, scope.from, scope.to];
    const given = (value: unknown): string => `$${values.push(value)}`;
    const conditions = [
      // What was counted and taken back.
      'count > 0',
      'hour >= to_timestamp($2::double precision / 1000) AND hour < to_timestamp($3::double precision / 1000)',
    ];
    if (scope.areas) conditions.push(`area_code = ANY(${given(scope.areas)})`);
    if (scope.stations) conditions.push(`station_code = ANY(${given(scope.stations)})`);
    const after = query.afterKeys(5);
    if (after) {
      const [hour = '', ...texts] = after;
      const keys = [`to_timestamp(${given(hourOf(hour))}::double precision / 1000)`, ...texts.map(given)];
      conditions.push(`(hour, area_code, station_code, figure, split) > (${keys.join(', ')})`);
    }
    const rows = await this.database.rows<Row>(
      `SELECT hour, area_code, station_code, figure, split, count FROM command_centre.throughput
       WHERE ${conditions.join(' AND ')} ORDER BY hour, area_code, station_code, figure, split LIMIT $1`,
      values,
    );
    return pageOf(rows, query.limit, keysOf, shown);
  }
}

const keysOf = ({ hour, area_code, station_code, figure, split }: Row): string[] => [
  toIso(hour),
  area_code,
  station_code,
  figure,
  split,
];

const shown = ({ hour, area_code, station_code, figure, split, count }: Row): ThroughputRow => ({
  hour: toIso(hour),
  areaCode: area_code,
  stationCode: station_code,
  figure,
  split,
  count,
});

function hourOf(key: string): number {
  const hour = parseInstant(key);
  if (hour !== undefined) return hour;
  throw new Problem('invalid', 'REQUEST.BAD_CURSOR', '`after` is no `next` of a page of this list', { field: 'after' });
}
