import { throttleWindowMillis } from '@yizhan/policy';
import { type AnnouncedVisit, type AreaPicture, givesDrivers } from '../picture/area-picture.js';
import { assignedLately } from '../picture/fold-throttles.js';
import { busiestHour, type ExpectedWait, expectedWait } from './forecast.js';
import { announcedOn, comingOf, waitingOn } from './trucks-to-come.js';

/** What is known of the next day at a station, as it is and if other trucks came or did not come. */
export interface StationOutlook {
  readonly stationCode: string;
  /** Trucks that wait for a driver there, and those that are announced for it within the next day. */
  readonly waiting: number;
  readonly announced: number;
  /** Trucks that have got a driver there in the last hour, and in the busiest one of the last day. */
  readonly lastHour: number;
  readonly busiestHour: number;
  /** How long they wait if the station works as in its busiest hour; for ever where it gives no driver now; absent where it has had none. */
  readonly before?: ExpectedWait;
  /** The same with the other trucks. */
  readonly after?: ExpectedWait;
}

/** Trucks that would come, or not come any more. */
export interface Instead {
  readonly comes?: readonly AnnouncedVisit[];
  readonly staysAway?: ReadonlySet<string>;
}

/** Pure. @param instead visits of other stations that would come here, and ids of own ones that would not */
export function stationOutlook(
  picture: AreaPicture,
  stationCode: string,
  instead: Instead,
  now: number,
): StationOutlook {
  const isHere = (place: { readonly stationCode: string }): boolean => place.stationCode === stationCode;
  const { comes = [], staysAway = new Set() } = instead;
  const waiting = waitingOn(picture, isHere);
  const announced = announcedOn(picture, now, isHere);
  const passedAt = assignedLately(picture, now, isHere);
  const busiest = busiestHour(passedAt);
  const works = givesDrivers(picture.stations.get(stationCode));
  const pace = works ? { trucksPerHour: busiest, passedAt } : { trucksPerHour: 0, passedAt: [] };
  const waitWith = (visits: readonly AnnouncedVisit[]): ExpectedWait =>
    expectedWait([...waiting, ...visits.map((visit) => comingOf(picture, visit, now))], pace, now);
  const stays = announced.filter(({ visitId }) => !staysAway.has(visitId));
  const isSame = comes.length === 0 && stays.length === announced.length;
  const before = busiest > 0 || !works ? waitWith(announced) : undefined;
  return {
    stationCode,
    waiting: waiting.length,
    announced: announced.length,
    lastHour: passedAt.filter((at) => at > now - throttleWindowMillis).length,
    busiestHour: busiest,
    ...(before && { before, after: isSame ? before : waitWith([...stays, ...comes]) }),
  };
}
