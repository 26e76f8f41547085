import { Injectable } from '@nestjs/common';
import { Changes, type StationRequest } from '../changes/changes.js';
import type { CareInput } from './take-rest-place.js';
import { careEvent, lockWaiting } from './waiting-driver.js';

/** A meal that was handed out. */
export interface MealAnswer extends CareInput {
  readonly mealId: string;
}

/** An outside driver who waits is given a meal. */
@Injectable()
export class GiveMeal {
  constructor(private readonly changes: Changes) {}

  execute(request: StationRequest, { stationCode, driverId }: CareInput): Promise<MealAnswer> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const driver = await lockWaiting(tx, stationCode, driverId);
      const mealId = change.newId('meal');
      tx.last(insertMeal, [mealId, driverId, stationCode, change.at, request.caller]);
      return {
        events: [careEvent('driver.meal_given', driver, change, { mealId })],
        answer: { stationCode, driverId, mealId },
      };
    });
  }
}

const insertMeal = `
  INSERT INTO station.meals (meal_id, driver_id, station_code, given_at, given_by)
  VALUES ($1, $2, $3, to_timestamp($4::double precision / 1000), $5)`;
