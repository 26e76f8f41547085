import { Injectable } from '@nestjs/common';
import { Database } from '@yizhan/persistence';
import { assertCounty } from '../board/area-figures.js';
import { capacitySources } from '../kpis/kpis.js';
import { readKept, readTotals } from './capacity.sql.js';
import type { CapacityPart, CapacityTotal } from './capacity.js';

export interface CapacityScope {
  /** Undefined stands for all. */
  readonly areas?: readonly string[] | undefined;
  readonly counties?: readonly string[] | undefined;
}

export interface CapacityRows {
  readonly totals: readonly CapacityTotal[];
  readonly parts: readonly CapacityPart[];
}

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;
const { reported, electricity, flow } = capacitySources;

/** What enterprises keep up at given moments, by area and county. */
@Injectable()
export class CapacityReader {
  constructor(private readonly database: Database) {}

  /** @throws Problem as `assertCounty` does. */
  assertCounty(areaCode: string, countyCode: string): Promise<void> {
    return assertCounty(this.database, areaCode, countyCode);
  }

  async read({ areas, counties }: CapacityScope, moments: readonly number[]): Promise<CapacityRows> {
    const ends = moments.map((at) => Math.ceil(at / hour) * hour);
    const [totals, parts] = await Promise.all([
      this.database.rows<CapacityTotal>(readTotals, [areas ?? null, counties ?? null]),
      this.database.rows<CapacityPart>(readKept, [
        areas ?? null,
        counties ?? null,
        moments,
        ends.map((end) => end - flow.overDays * day),
        ends,
        ['reported', 'electricity'],
        [reported, electricity].map(({ countsForDays }) => (countsForDays * day) / second),
        flow.kpi,
        (flow.leastHours * hour) / second,
        'flow',
      ]),
    ]);
    return { totals, parts };
  }
}
