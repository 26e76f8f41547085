import { Injectable } from '@nestjs/common';
import { newEvent } from '@yizhan/event-log';
import { Changes, type StationRequest } from '../changes/changes.js';
import { lockStation, type StationAnswer } from '../network/stations/station.repository.js';

/** How many rest places a station has; who holds one keeps it, also where there are fewer now. */
@Injectable()
export class SetRestPlaces {
  constructor(private readonly changes: Changes) {}

  execute(
    request: StationRequest,
    { stationCode, restPlaces }: { readonly stationCode: string; readonly restPlaces: number },
  ): Promise<StationAnswer> {
    return this.changes.once(request, async (change) => {
      const { areaCode, state } = await lockStation(change.tx, stationCode);
      const { version } = await change.tx.one<{ version: number }>(updatePlaces, [stationCode, restPlaces]);
      const subject = `station/${stationCode}`;
      const data = { stationCode, restPlaces };
      return {
        events: [newEvent({ name: 'station.rest_places_changed', subject, areaCode, time: change.at, data })],
        answer: { stationCode, areaCode, state, version },
      };
    });
  }
}

const updatePlaces = `
  UPDATE station.stations SET rest_places = $2, version = version + 1 WHERE station_code = $1 RETURNING version`;
