import { Injectable } from '@nestjs/common';
import { conflict } from '../cases/problems.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import { exactlyOne } from '../changes/exactly-one.js';
import type { CareInput, WaitingAnswer } from './take-rest-place.js';
import { careEvent, lockWaiting } from './waiting-driver.js';

/** A driver gives his rest place back before he leaves. */
@Injectable()
export class ReturnRestPlace {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { stationCode, driverId }: CareInput): Promise<WaitingAnswer> {
    return this.changes.once(request, async (change) => {
      const driver = await lockWaiting(change.tx, stationCode, driverId);
      if (driver.restSince === null) throw conflict('REST_PLACE.HAS_NONE', `driver ${driverId} holds no rest place`);
      change.tx.last(returnPlace, [driverId]);
      return {
        events: [careEvent('driver.rest_place_returned', driver, change, {})],
        answer: { stationCode, driverId, hasRestPlace: false },
      };
    });
  }
}

const returnPlace = exactlyOne(`
  UPDATE station.drivers SET rest_since = NULL, version = version + 1 WHERE driver_id = $1 AND rest_since IS NOT NULL`);
