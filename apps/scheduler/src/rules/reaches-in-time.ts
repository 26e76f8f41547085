import type { PolicyRules } from '@yizhan/policy';
import type { StationPicture } from '../picture/area-picture.js';

const earthRadiusMetres = 6_371_000;

/** Where stations lie. */
export interface Places {
  readonly stations: ReadonlyMap<string, Pick<StationPicture, 'location'>>;
}

/** Whole seconds that a driver needs from one station to another; 0 where it is not known where he or the station is. */
export function travelSeconds(
  { stations }: Places,
  { travel }: PolicyRules,
  fromStationCode: string | undefined,
  toStationCode: string,
): number {
  if (fromStationCode === toStationCode) return 0;
  const from = stations.get(fromStationCode ?? '')?.location;
  const to = stations.get(toStationCode)?.location;
  if (!from || !to) return 0;
  return Math.ceil((greatCircleMetres(from, to) * travel.detourFactor) / travel.metresPerSecond);
}

/** `travel`: a driver who is farther away than the pack allows is not sent for. */
export function reachesInTime({ travel }: PolicyRules, seconds: number): boolean {
  return seconds <= travel.maxSeconds;
}

interface Location {
  readonly latitude: number;
  readonly longitude: number;
}

/** Haversine. */
function greatCircleMetres(from: Location, to: Location): number {
  const half = (degrees: number): number => Math.sin((degrees * Math.PI) / 360) ** 2;
  const cosine = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);
  const chord =
    half(to.latitude - from.latitude) +
    cosine(from.latitude) * cosine(to.latitude) * half(to.longitude - from.longitude);
  return 2 * earthRadiusMetres * Math.asin(Math.min(1, Math.sqrt(chord)));
}
