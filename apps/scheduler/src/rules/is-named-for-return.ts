import type { AreaPicture, DriverPicture, HandoffPicture } from '../picture/area-picture.js';

/** Who may be asked to take a truck out of the zone. */
export interface ReturnPool {
  readonly drivers: readonly DriverPicture[];
  /** The driver is expected wherever he is: no distance is too far. */
  readonly isNamed: boolean;
}

/**
 * `no_return_driver`: a truck goes out with the driver who is named for its return; else with the one who brought it in, unless he took another truck;
 * else with a driver of its carrier who waits at the station. Nobody else is asked.
 */
export function returnPool(picture: AreaPicture, { visit }: HandoffPicture): ReturnPool {
  const run = picture.runs.get(visit.runId ?? '');
  const namedId = run?.returnDriverId ?? (run?.wait === 'other_truck' ? undefined : run?.broughtInBy);
  if (namedId !== undefined) {
    const named = picture.drivers.get(namedId);
    return { drivers: named ? [named] : [], isNamed: true };
  }
  const ofCarrier = picture.carrierPools.get(visit.carrierId ?? '') ?? [];
  return { drivers: ofCarrier.filter(({ atStationCode }) => atStationCode === visit.stationCode), isNamed: false };
}

/** Those whom the run itself entitles to take the truck out, whatever their carrier. */
export function returnDriverIds(picture: AreaPicture, { visit }: HandoffPicture): string[] {
  const run = picture.runs.get(visit.runId ?? '');
  return [run?.returnDriverId, run?.broughtInBy].filter((id) => id !== undefined);
}
