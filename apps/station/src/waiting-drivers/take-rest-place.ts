import { Injectable } from '@nestjs/common';
import { conflict } from '../cases/problems.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { exactlyOne } from '../changes/exactly-one.js';
import { lockStation } from '../network/stations/station.repository.js';
import { careEvent, lockWaiting } from './waiting-driver.js';

export interface CareInput {
  readonly stationCode: string;
  readonly driverId: string;
}

/** How a waiting driver stands. */
export interface WaitingAnswer extends CareInput {
  readonly hasRestPlace: boolean;
}

/** An outside driver who waits takes one of the rest places of the station, until he gives it back or leaves. */
@Injectable()
export class TakeRestPlace {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { stationCode, driverId }: CareInput): Promise<WaitingAnswer> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const driver = await lockWaiting(tx, stationCode, driverId);
      if (driver.restSince !== null)
        throw conflict('REST_PLACE.HAS_ONE', `driver ${driverId} holds a rest place already`);
      // So that two drivers do not take the last one.
      await lockStation(tx, stationCode);
      const { places, taken } = await tx.one<{ places: number; taken: number }>(countPlaces, [stationCode]);
      if (taken >= places)
        throw conflict('REST_PLACE.NONE_LEFT', `all ${places} rest places of ${stationCode} are taken`, { places });
      tx.last(takePlace, [driverId, change.at]);
      return {
        events: [careEvent('driver.rest_place_taken', driver, change, {})],
        answer: { stationCode, driverId, hasRestPlace: true },
      };
    });
  }
}

const countPlaces = `
  SELECT s.rest_places AS places,
         (SELECT count(*)::int FROM station.drivers d WHERE d.station_code = $1 AND d.rest_since IS NOT NULL) AS taken
  FROM station.stations s WHERE s.station_code = $1`;

const takePlace = exactlyOne(`
  UPDATE station.drivers SET rest_since = to_timestamp($2::double precision / 1000), version = version + 1
  WHERE driver_id = $1 AND rest_since IS NULL`);
