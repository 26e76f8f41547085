import { shortName, subjectId, text, type PlainEvent } from '../plain-event.js';
import type { Rule } from '../rule.js';

/** Rule 10, of drivers who wait: only a rest place that was taken is given back, and only a meal that was given is taken back, once. */
export function careIsGivenFirst(): Rule {
  const resting = new Map<string, string>();
  const meals = new Map<string, string>();
  const ofMeal = ({ data }: PlainEvent): string => text(data, 'mealId');
  return {
    number: 10,
    on: {
      'driver.rest_place_returned': (event) => {
        const { data } = event;
        if (resting.get(subjectId(event)) === text(data, 'stationCode')) return undefined;
        return `driver ${subjectId(event)} gives a rest place of ${text(data, 'stationCode')} back that he has not taken`;
      },
      'driver.meal_given': (event) => (meals.has(ofMeal(event)) ? `meal ${ofMeal(event)} is given twice` : undefined),
      'driver.meal_taken_back': (event) =>
        meals.get(ofMeal(event)) === subjectId(event)
          ? undefined
          : `meal ${ofMeal(event)} is taken back, but driver ${subjectId(event)} was not given it`,
    },
    observe: (event) => {
      switch (shortName(event.type)) {
        case 'driver.rest_place_taken':
          resting.set(subjectId(event), text(event.data, 'stationCode'));
          break;
        case 'driver.rest_place_returned':
          resting.delete(subjectId(event));
          break;
        case 'driver.meal_given':
          meals.set(ofMeal(event), subjectId(event));
          break;
        case 'driver.meal_taken_back':
          meals.delete(ofMeal(event));
          break;
        default:
      }
    },
  };
}
