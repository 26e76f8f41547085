import type { DriverPicture } from '../picture/area-picture.js';

/** `busy`: a driver who holds a truck, has a live assignment or an open proposal gets nothing new. */
export function driverIsFree(driver: DriverPicture, now: number): boolean {
  if (driver.holdsPlate !== undefined || driver.liveHandoffId !== undefined) return false;
  return driver.offer === undefined || driver.offer.expiresAt <= now;
}
