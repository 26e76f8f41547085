import { pruneActivity } from '@yizhan/policy';
import { type AreaPicture, type DriverPicture, policyInForce } from './area-picture.js';

/** Stretches that a driver may have before they are looked through for what no rule asks for any more. */
const keptStretches = 12;

export function isDriving({ activity }: DriverPicture): boolean {
  return activity.driving.at(-1)?.to === null;
}

/** He leaves with a truck at `at`. */
export function startDriving(driver: DriverPicture, at: number): void {
  driver.atStationCode = undefined;
  if (!isDriving(driver)) driver.activity.driving.push({ from: at, to: null });
}

/** His drive ends at `at`; harmless where he does not drive. */
export function stopDriving(picture: AreaPicture, driver: DriverPicture, at: number, stationCode?: string): void {
  driver.atStationCode = stationCode;
  const { driving } = driver.activity;
  const last = driving.at(-1);
  if (last?.to !== null) return;
  driving.pop();
  if (last.from < at) driving.push({ from: last.from, to: at });
  if (driving.length > keptStretches) prune(picture, driver, at);
}

/** The driver answers for the truck from now on, and whoever did before no longer. */
export function takeTruck(picture: AreaPicture, plate: string, driver: DriverPicture): void {
  leaveTruck(picture, plate);
  if (driver.holdsPlate !== undefined) picture.holders.delete(driver.holdsPlate);
  picture.holders.set(plate, driver.driverId);
  driver.holdsPlate = plate;
}

/** No driver answers for the truck any more. @returns the one who did. */
export function leaveTruck(picture: AreaPicture, plate: string): DriverPicture | undefined {
  const holder = picture.drivers.get(picture.holders.get(plate) ?? '');
  picture.holders.delete(plate);
  if (holder) holder.holdsPlate = undefined;
  return holder;
}

function prune(picture: AreaPicture, driver: DriverPicture, at: number): void {
  for (const zoneId of driver.insideZoneId === null ? picture.policyOfZone.keys() : [driver.insideZoneId]) {
    const policy = policyInForce(picture, zoneId);
    if (!policy) continue;
    const { driving, rests } = pruneActivity(driver.activity, at, policy.rules);
    driver.activity = { driving: [...driving], rests: [...rests] };
    return;
  }
}
