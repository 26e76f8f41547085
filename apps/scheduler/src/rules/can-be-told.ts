import type { AreaPicture, DriverPicture } from '../picture/area-picture.js';

/** `station_cut_off`: who is at a station that has lost its link is left to its operators, who may have sent him off already. */
export function canBeTold(picture: AreaPicture, { atStationCode, shift }: DriverPicture): boolean {
  return picture.stations.get(atStationCode ?? shift?.stationCode ?? '')?.isCutOff !== true;
}
