import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import type { Transaction } from '@yizhan/persistence';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { requireArea } from '../areas/area.repository.js';
import type { StationAnswer } from './station.repository.js';

export interface OpenStationInput {
  readonly stationCode: string;
  readonly areaCode: string;
  /** GB/T 2260. */
  readonly countyCode: string;
  readonly name: string;
  /** WGS-84 degrees. */
  readonly location: { readonly latitude: number; readonly longitude: number };
  readonly bays: readonly string[];
  readonly zoneIds: readonly string[];
}

/** Adds a relay station with its bays to an area. */
@Injectable()
export class OpenStation {
  constructor(private readonly changes: Changes) {}

  async execute(request: StationRequest, input: OpenStationInput): Promise<StationAnswer> {
    const { stationCode, areaCode, countyCode, bays, location, zoneIds } = input;
    if (bays.length === 0 || new Set(bays).size < bays.length) {
      throw new Problem('invalid', 'STATION.BAYS', 'a station has at least one bay, and each once', { field: 'bays' });
    }
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      await requireArea(tx, areaCode);
      await insert(tx, input);
      const data = { stationCode, areaCode, countyCode, bays, location, zoneIds };
      const subject = `station/${stationCode}`;
      return {
        events: [newEvent({ name: 'station.opened', subject, areaCode, time: change.at, data })],
        answer: { stationCode, areaCode, state: 'open', version: 1 },
      };
    });
  }
}

async function insert(tx: Transaction, input: OpenStationInput): Promise<void> {
  const { stationCode, areaCode, countyCode, name, location, zoneIds, bays } = input;
  const values = [stationCode, areaCode, countyCode, name, location.latitude, location.longitude, zoneIds];
  const made = await tx.rows(insertStation, values);
  if (made.length === 0) {
    throw new Problem('conflict', 'STATION.ALREADY_EXISTS', `the station ${stationCode} exists already`);
  }
  await tx.rows(insertBays, [stationCode, bays]);
}

const insertStation = `
  INSERT INTO station.stations (station_code, area_code, county_code, name, latitude, longitude, zone_ids, state)
  VALUES ($1, $2, $3, $4, $5, $6, $7, 'open') ON CONFLICT DO NOTHING RETURNING station_code`;

const insertBays = `INSERT INTO station.bays (station_code, bay_code) SELECT $1, unnest($2::text[])`;
