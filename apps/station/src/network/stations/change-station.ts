import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import { Changes, type StationRequest } from '../../changes/changes.js';
import { lockStation, type StationAnswer } from './station.repository.js';

/** What is not named stays as it is. */
export interface ChangeStationInput {
  readonly stationCode: string;
  readonly name?: string;
  /** GB/T 2260. */
  readonly countyCode?: string;
  /** WGS-84 degrees. */
  readonly location?: { readonly latitude: number; readonly longitude: number };
  readonly zoneIds?: readonly string[];
}

interface Changed {
  readonly county_code: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly zone_ids: string[];
  readonly version: number;
}

/** Corrects what is said of a station: its name, county, place, and the zones that it serves. */
@Injectable()
export class ChangeStation {
  constructor(private readonly changes: Changes) {}

  async execute(request: StationRequest, input: ChangeStationInput): Promise<StationAnswer> {
    const { stationCode, name, countyCode, location, zoneIds } = input;
    if ([name, countyCode, location, zoneIds].every((field) => field === undefined)) {
      throw new Problem('invalid', 'STATION.NOTHING_CHANGES', 'name at least one thing that changes');
    }
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const { areaCode, state } = await lockStation(tx, stationCode);
      const after = await tx.one<Changed>(updateStation, [
        stationCode,
        name ?? null,
        countyCode ?? null,
        location?.latitude ?? null,
        location?.longitude ?? null,
        zoneIds ?? null,
      ]);
      const answer = { stationCode, areaCode, state, version: after.version };
      const data = {
        stationCode,
        countyCode: after.county_code,
        location: { latitude: after.latitude, longitude: after.longitude },
        zoneIds: after.zone_ids,
      };
      const subject = `station/${stationCode}`;
      return { events: [newEvent({ name: 'station.changed', subject, areaCode, time: change.at, data })], answer };
    });
  }
}

const updateStation = `
  UPDATE station.stations
  SET name = coalesce($2, name), county_code = coalesce($3, county_code), latitude = coalesce($4, latitude),
      longitude = coalesce($5, longitude), zone_ids = coalesce($6::text[], zone_ids), version = version + 1
  WHERE station_code = $1
  RETURNING county_code, latitude, longitude, zone_ids, version`;
