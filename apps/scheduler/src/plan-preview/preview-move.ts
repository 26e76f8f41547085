import { Injectable } from '@nestjs/common';
import type { Flow } from '@yizhan/contracts';
import { Clock, Problem } from '@yizhan/kernel';
import { WatchedPicture } from '../answers/watched-picture.js';
import type { AnnouncedVisit, AreaPicture } from '../picture/area-picture.js';
import { WatchedAreas } from '../picture/watched-areas.js';
import { type StationOutlook, stationOutlook } from './station-outlook.js';
import { horizonMillis } from './trucks-to-come.js';

/** Which announced trucks of a station would come to another one. */
export interface ArrivalSelection {
  readonly stationCode: string;
  readonly toStationCode: string;
  readonly flow?: Flow;
  readonly carrierId?: string;
  /** Goods of which an enterprise. */
  readonly enterpriseId?: string;
  /** Expected from then on, and before; epoch milliseconds. */
  readonly from?: number;
  readonly until?: number;
}

/** What it would do to move them. */
export interface MovePreview {
  readonly areaCode: string;
  readonly at: number;
  /** The last event of the area that was seen. */
  readonly basedOnPosition: number;
  /** The trucks, who is expected first comes first; at most so many as can be moved at once. */
  readonly trucks: readonly AnnouncedVisit[];
  /** More are meant than are listed. */
  readonly isCut: boolean;
  /** Carriers that would be told. */
  readonly carriers: number;
  readonly from: StationOutlook;
  readonly to: StationOutlook;
}

/** As many as one request takes. */
const mostAtOnce = 500;

/** Says what it would do to have announced trucks come to another station, before anybody does it. Changes nothing. */
@Injectable()
export class PreviewMove {
  constructor(
    private readonly watched: WatchedPicture,
    private readonly areas: WatchedAreas,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `not_found`, or as `previewMove` and `WatchedPicture` do. */
  async execute(selection: ArrivalSelection): Promise<MovePreview> {
    const { stationCode, toStationCode } = selection;
    for (const { picture } of this.areas.all()) {
      if (!picture.stations.has(stationCode)) continue;
      if (!picture.stations.has(toStationCode)) throw noStation(toStationCode);
      return previewMove(picture, selection, Math.max(this.clock.now(), picture.time));
    }
    await this.watched.ofSubject(`station/${stationCode}`);
    throw noStation(stationCode);
  }
}

const noStation = (stationCode: string) =>
  new Problem('not_found', 'STATION.NOT_FOUND', `no station ${stationCode} in this area`, { stationCode });

/** Pure. The area has both stations. @throws Problem `ARRIVALS.SAME_STATION`, as the move itself. */
export function previewMove(picture: AreaPicture, selection: ArrivalSelection, now: number): MovePreview {
  const { stationCode, toStationCode } = selection;
  if (stationCode === toStationCode) {
    const message = 'arrivals are moved to another station';
    throw new Problem('invalid', 'ARRIVALS.SAME_STATION', message, { field: 'toStationCode' });
  }
  const meant = meantBy(picture, selection, now);
  const trucks = meant.slice(0, mostAtOnce);
  const staysAway = new Set(trucks.map(({ visitId }) => visitId));
  return {
    areaCode: picture.areaCode,
    at: now,
    basedOnPosition: picture.position,
    trucks,
    isCut: meant.length > trucks.length,
    carriers: new Set(trucks.flatMap(({ carrierId }) => carrierId ?? [])).size,
    from: stationOutlook(picture, stationCode, { staysAway }, now),
    to: stationOutlook(picture, toStationCode, { comes: trucks }, now),
  };
}

/** Also those that are late, or are announced for a second time: whoever is not told comes to the former station. */
function meantBy(picture: AreaPicture, selection: ArrivalSelection, now: number): AnnouncedVisit[] {
  const { until = now + horizonMillis } = selection;
  return [...picture.announced.values()]
    .filter((visit) => visit.cancelledBy === undefined && isMeant(visit, { ...selection, until }))
    .toSorted((one, other) => one.expectedAt - other.expectedAt || (one.visitId < other.visitId ? -1 : 1));
}

function isMeant(visit: AnnouncedVisit, selection: ArrivalSelection): boolean {
  const { stationCode, flow = visit.flow, carrierId = visit.carrierId, enterpriseId } = selection;
  const { from = -Infinity, until = Infinity } = selection;
  return (
    visit.stationCode === stationCode &&
    visit.flow === flow &&
    visit.carrierId === carrierId &&
    visit.expectedAt >= from &&
    visit.expectedAt < until &&
    (enterpriseId === undefined || visit.goods.some((goods) => goods.enterpriseId === enterpriseId))
  );
}
