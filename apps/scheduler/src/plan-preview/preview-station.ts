import { Injectable } from '@nestjs/common';
import { Clock, Problem } from '@yizhan/kernel';
import { throttleWindowMillis } from '@yizhan/policy';
import { WatchedPicture } from '../answers/watched-picture.js';
import { Contest } from '../candidates/contest.js';
import {
  type AnnouncedVisit,
  type AreaPicture,
  givesDrivers,
  type StationPicture,
  type VisitPicture,
} from '../picture/area-picture.js';
import { assignedLately } from '../picture/fold-throttles.js';
import { WatchedAreas } from '../picture/watched-areas.js';
import { type PlanEffect, planEffect } from './plan-difference.js';
import { type StationOutlook, stationOutlook } from './station-outlook.js';
import { announcedOn } from './trucks-to-come.js';

export const stationStates = ['open', 'suspended', 'closed'] as const satisfies readonly StationPicture['state'][];

/** What another state of a station would do to the trucks that wait in its area. */
export interface StationPreview extends PlanEffect {
  readonly stationCode: string;
  readonly areaCode: string;
  readonly stateBefore: StationPicture['state'];
  readonly stateAfter: StationPicture['state'];
  readonly at: number;
  /** The last event of the area that was seen. */
  readonly basedOnPosition: number;
  /** Trucks at this station that wait for a driver, those there that do not yet, as they are checked, and those announced for it. */
  readonly waitingHere: number;
  readonly notReadyHere: number;
  readonly announcedHere: number;
  /** Trucks that have got a driver here in the last hour: most that come are not announced. */
  readonly lastHourHere: number;
  /**
   * The other open stations of the area; where this one would not be open any more, with the trucks that are announced for it within the
   * next day if all of them came there instead.
   */
  readonly others: readonly StationOutlook[];
}

/** Says what it would do to open, suspend or close a station, before anybody does it. Changes nothing. */
@Injectable()
export class PreviewStation {
  constructor(
    private readonly watched: WatchedPicture,
    private readonly areas: WatchedAreas,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not_found`, or as `WatchedPicture` does. */
  async execute(stationCode: string, state: StationPicture['state']): Promise<StationPreview> {
    for (const { picture } of this.areas.all()) {
      if (picture.stations.has(stationCode))
        return previewStation(picture, stationCode, state, Math.max(this.clock.now(), picture.time));
    }
    await this.watched.ofSubject(`station/${stationCode}`);
    throw new Problem('not_found', 'STATION.NOT_FOUND', `no station ${stationCode}`, { stationCode });
  }
}

/** Pure. The area has the station. */
export function previewStation(
  picture: AreaPicture,
  stationCode: string,
  state: StationPicture['state'],
  now: number,
): StationPreview {
  const station = picture.stations.get(stationCode);
  if (!station) throw new Error(`area ${picture.areaCode} has no station ${stationCode}`);
  const stations = new Map([...picture.stations, [stationCode, { ...station, state }]]);
  const isHere = ({ stationCode: code }: { readonly stationCode: string }): boolean => code === stationCode;
  return {
    stationCode,
    areaCode: picture.areaCode,
    stateBefore: station.state,
    stateAfter: state,
    at: now,
    basedOnPosition: picture.position,
    ...planEffect(new Contest(picture, now), new Contest({ ...picture, stations }, now)),
    waitingHere: [...picture.waiting.values()].filter(({ visit }) => isHere(visit)).length,
    notReadyHere: [...picture.visits.values()].filter((visit) => isHere(visit) && isToBeSwapped(picture, visit)).length,
    lastHourHere: assignedLately(picture, now, isHere).filter((at) => at > now - throttleWindowMillis).length,
    announcedHere: [...picture.announced.values()].filter((visit) => isHere(visit) && visit.cancelledBy === undefined)
      .length,
    others: others(picture, stationCode, state === 'open' ? [] : announcedOn(picture, now, isHere), now),
  };
}

/** Its driver answers for it as when it came, and nobody was asked for yet. */
function isToBeSwapped(picture: AreaPicture, { visitId, plate, arrivedBy }: VisitPicture): boolean {
  const isAsked = [...picture.handoffs.values()].some(({ visit }) => visit.visitId === visitId);
  return !isAsked && picture.holders.get(plate) === arrivedBy.driverId;
}

function others(
  picture: AreaPicture,
  stationCode: string,
  comes: readonly AnnouncedVisit[],
  now: number,
): StationOutlook[] {
  const codes = [...picture.stations].flatMap(([code, station]) =>
    code !== stationCode && givesDrivers(station) ? [code] : [],
  );
  return codes.toSorted().map((code) => stationOutlook(picture, code, { comes }, now));
}
