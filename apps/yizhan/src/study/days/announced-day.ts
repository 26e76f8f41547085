import { Chance } from '../../replay/people/chance.js';
import { minute } from '../../replay/passages/local-time.js';
import type { StudyDay } from './study-day.js';

/** How long before it comes a carrier tells of its truck. */
const ahead = 120 * minute;

/** By so many minutes at the most it comes earlier or later than its carrier has said. */
const off = 15;

/** The same day, on which carriers announce so many of their trucks (0 to 100 %), as well as they can. */
export function announcedDay(day: StudyDay, percent: number): StudyDay {
  const chance = new Chance(`announced/${day.seed}`);
  const trucks = day.trucks.map((truck) => {
    const { visitId, arrivesAt } = truck;
    if (!chance.happens(percent / 100, visitId)) return truck;
    const expectedAt = arrivesAt + (chance.whole(2 * off + 1, `${visitId}/off`) - off) * minute;
    return { ...truck, announced: { at: arrivesAt - ahead, expectedAt } };
  });
  return { ...day, trucks };
}
