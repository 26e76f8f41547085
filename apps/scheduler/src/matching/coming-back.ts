import type { AreaPicture, DriverPicture } from '../picture/area-picture.js';
import { isDriving } from '../picture/driving.js';
import { usualSeconds } from '../picture/usual-times.js';

/** An inside driver who still has a truck, and is expected to be free soon. */
export interface ComingBack {
  readonly driver: DriverPicture;
  /** Epoch milliseconds. */
  readonly freeAt: number;
  /** As he is expected to be then. */
  readonly expected: DriverPicture;
}

const horizonMillis = 2 * 3_600_000;
const soonest = 60_000;

/**
 * The inside drivers who are on their way back, or back and about to hand the truck over, by how long that has lately taken in
 * the area. Nobody counts on a driver who is overdue: what keeps him is not known.
 */
export function comingBack(picture: AreaPicture, now: number): Map<DriverPicture, ComingBack> {
  const found = new Map<DriverPicture, ComingBack>();
  const away = usualSeconds(picture.usual, 'away') * 1000;
  const handingBack = usualSeconds(picture.usual, 'handingBack') * 1000;
  const back = new Map([...picture.visits.values()].map((visit) => [visit.plate, visit]));
  for (const [plate, driverId] of picture.holders) {
    const driver = picture.drivers.get(driverId);
    if (!driver || driver.insideZoneId === null || driver.liveHandoffId !== undefined) continue;
    const visit = back.get(plate);
    const backAt = isDriving(driver) ? drivingSince(driver) + away : visit?.arrivedBy.at;
    if (backAt === undefined || (visit && visit.flow !== 'out_of_zone')) continue;
    const isOverdue = isDriving(driver) ? backAt < now : backAt + 2 * handingBack < now;
    const freeAt = Math.max(backAt + handingBack, now + soonest);
    if (isOverdue || freeAt > now + horizonMillis) continue;
    found.set(driver, { driver, freeAt, expected: asExpected(driver, backAt, visit?.stationCode) });
  }
  return found;
}

function drivingSince({ activity }: DriverPicture): number {
  return activity.driving.at(-1)?.from ?? 0;
}

/** At the station of his shift, where it is not known which he comes to. */
function asExpected(driver: DriverPicture, backAt: number, stationCode: string | undefined): DriverPicture {
  const driving = driver.activity.driving.map(({ from, to }) => ({ from, to: to ?? backAt }));
  return {
    ...driver,
    atStationCode: stationCode ?? driver.shift?.stationCode,
    activity: { ...driver.activity, driving },
  };
}
