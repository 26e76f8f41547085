import { Injectable } from '@nestjs/common';
import type { Page } from '@yizhan/http';
import { Clock, toIso } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { In } from 'typeorm';
import { given } from '../../cases/given.js';
import { stepsFrom } from '../../cases/transition-table.js';
import { isOpenAt } from '../opening-hours/opening-hours.js';
import { listRows } from '../list-rows.js';
import { BayRow, StationRow } from '../network.entities.js';
import { stationTable } from './relay-station.js';
import { stationNotFound } from './station.repository.js';
import type { StationResponse, StationsQuery } from './stations.dto.js';

/** Stations as they are shown. */
@Injectable()
export class Stations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async list(query: StationsQuery): Promise<Page<StationResponse>> {
    const where = { areaCode: query.areaCode, state: query.state };
    const page = await listRows(this.database, query, {
      of: StationRow,
      keys: ['stationCode'],
      where,
      item: (row) => row,
    });
    return { ...page, items: await this.#withBays(page.items) };
  }

  /** @throws Problem `not_found`. */
  async read(stationCode: string): Promise<StationResponse> {
    const rows = await this.database.manager.findBy(StationRow, { stationCode });
    const [station] = await this.#withBays(rows);
    if (!station) throw stationNotFound(stationCode);
    return station;
  }

  async #withBays(rows: readonly StationRow[]): Promise<StationResponse[]> {
    const stationCodes = rows.map(({ stationCode }) => stationCode);
    const bays = await this.database.manager.find(BayRow, {
      where: { stationCode: In(stationCodes) },
      order: { bayCode: 'ASC' },
    });
    return rows.map((row) =>
      responseOf(
        row,
        this.clock.now(),
        bays.filter(({ stationCode }) => stationCode === row.stationCode).map(({ bayCode }) => bayCode),
      ),
    );
  }
}

function responseOf(
  { latitude, longitude, suspendedAt, cutOffAt, openingHours, ...row }: StationRow,
  now: number,
  bays: string[],
): StationResponse {
  return {
    ...row,
    isOpenNow: row.state === 'open' && isOpenAt(openingHours, now),
    ...given({ openingHours }),
    location: { latitude, longitude },
    bays,
    ...(suspendedAt === null ? {} : { suspendedAt: toIso(suspendedAt) }),
    ...(cutOffAt === null ? {} : { cutOffAt: toIso(cutOffAt) }),
    allowedSteps: stepsFrom(stationTable, row.state),
  };
}
