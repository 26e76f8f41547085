import { hour, minute } from '../replay/passages/local-time.js';
import type { Passage } from '../replay/passages/passage.js';
import type { Chance } from '../replay/people/chance.js';

/** How many trucks of an hour come off the motorway at a gate. */
const perHour: Readonly<Record<string, number>> = { '1': 26, '3': 10 };

/** Capacity classes of the vehicles, by weight: none of a real day, for which there is `replay`. */
const models: readonly (readonly [model: string, weight: number])[] = [
  ['1', 2],
  ['2', 4],
  ['3', 4],
  ['5', 2],
];

/** Made-up passages from `from` on for so many hours, in order of time: the same for the same seed. */
export function makePassages(chance: Chance, from: number, hours: number): Passage[] {
  return Object.entries(perHour)
    .flatMap(([tollgate, rate]) => Array.from({ length: rate * hours }, (_, index) => ({ tollgate, rate, index })))
    .map(({ tollgate, rate, index }): Passage => {
      const key = `demonstration/${tollgate}/${index}`;
      const [vehicleModel] = chance.pick(models, ([, weight]) => weight, `${key}/model`);
      // Evenly, and each somewhat early or late: the board is never without a truck that has just come.
      const at = from + Math.floor(((index + chance.draw(`${key}/at`)) * hour) / rate);
      return { key, at: at + 4 * minute, tollgate, vehicleModel };
    })
    .toSorted((one, other) => one.at - other.at);
}
