import { Injectable } from '@nestjs/common';
import { uuid } from '../cases/load-case.js';
import { notFound } from '../cases/case-scope.js';
import { Changes, type StationRequest } from '../changes/changes.js';
import type { MealAnswer } from './give-meal.js';
import { careEvent } from './waiting-driver.js';

interface Meal {
  readonly driverId: string;
  readonly areaCode: string;
}

/** A meal was written down by mistake; also of a driver who has left. */
@Injectable()
export class TakeBackMeal {
  constructor(private readonly changes: Changes) {}

  execute(
    request: StationRequest,
    { stationCode, mealId }: { readonly stationCode: string; readonly mealId: string },
  ): Promise<MealAnswer> {
    return this.changes.once(request, async (change) => {
      const { tx } = change;
      const [meal] = await tx.rows<Meal>(deleteMeal, [uuid(mealId), stationCode]);
      if (!meal) throw notFound('meal', mealId);
      const driver = { ...meal, stationCode, restSince: null };
      return {
        events: [careEvent('driver.meal_taken_back', driver, change, { mealId })],
        answer: { stationCode, driverId: meal.driverId, mealId },
      };
    });
  }
}

// The driver is locked first, as his events are numbered one after the other.
const deleteMeal = `
  WITH locked AS (
    SELECT d.driver_id, d.area_code FROM station.drivers d
    JOIN station.meals m ON m.driver_id = d.driver_id WHERE m.meal_id = $1 AND m.station_code = $2 FOR UPDATE OF d)
  DELETE FROM station.meals m USING locked l WHERE m.meal_id = $1 AND m.driver_id = l.driver_id
  RETURNING l.driver_id AS "driverId", l.area_code AS "areaCode"`;
