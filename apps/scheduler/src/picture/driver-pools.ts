import type { AreaPicture, DriverPicture } from './area-picture.js';

/** Puts a driver where matching looks for him: with the inside drivers of his zone, or with the outside drivers of his carrier. */
export function joinPool(picture: AreaPicture, driver: DriverPicture): void {
  const pool = poolOf(picture, driver);
  if (!pool) return;
  const place = placeOf(pool, driver.driverId);
  if (pool[place]?.driverId !== driver.driverId) pool.splice(place, 0, driver);
  else pool[place] = driver;
}

export function leavePool(picture: AreaPicture, driver: DriverPicture): void {
  const pool = poolOf(picture, driver);
  if (!pool) return;
  const place = placeOf(pool, driver.driverId);
  if (pool[place]?.driverId === driver.driverId) pool.splice(place, 1);
}

function poolOf(picture: AreaPicture, driver: DriverPicture): DriverPicture[] | undefined {
  if (driver.insideZoneId !== null) return ensured(picture.insidePools, driver.insideZoneId);
  return driver.carrierId === undefined ? undefined : ensured(picture.carrierPools, driver.carrierId);
}

function ensured(pools: Map<string, DriverPicture[]>, key: string): DriverPicture[] {
  let pool = pools.get(key);
  if (!pool) {
    pool = [];
    pools.set(key, pool);
  }
  return pool;
}

/** The first place whose driver does not come before `driverId`: pools stay in the order of ids. */
function placeOf(pool: readonly DriverPicture[], driverId: string): number {
  let low = 0;
  let high = pool.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((pool[middle]?.driverId ?? '') < driverId) low = middle + 1;
    else high = middle;
  }
  return low;
}
