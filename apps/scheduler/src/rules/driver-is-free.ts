import type { DriverPicture } from '../picture/area-picture.js';

/** `busy`: a driver who holds a truck, has a live assignment or an open proposal gets nothing new. */
export function driverIsFree(driver: DriverPicture, now: number): boolean {
  return isUnbound(driver) && (driver.offer === undefined || driver.offer.expiresAt <= now);
}

/** Whether nothing but a proposal keeps him. */
export function isUnbound({ holdsPlate, liveHandoffId }: DriverPicture): boolean {
  return holdsPlate === undefined && liveHandoffId === undefined;
}
