import type { EventData } from '@yizhan/contracts';
import type { AreaPicture, DriverPicture } from './area-picture.js';
import { joinPool, leavePool } from './driver-pools.js';
import { type Fold, instantOf } from './fold.js';

export const driverLent: Fold<'driver.lent'> = (picture, { data }) => {
  const driver = picture.drivers.get(data.driverId);
  if (driver) driver.lentTo = data.toAreaCode;
};

export const driverLoanEnded: Fold<'driver.loan_ended'> = (picture, { data }) => {
  const driver = picture.drivers.get(data.driverId);
  if (driver) driver.lentTo = undefined;
};

export const driverReturnBegun: Fold<'driver.return_begun'> = (picture, { data }) => {
  const driver = picture.drivers.get(data.driverId);
  if (driver) driver.lentTo = data.fromAreaCode;
};

/** Told in the area that he leaves and in the one that has him from now on. */
export const driverPoolJoined: Fold<'driver.pool_joined'> = (picture, { data }) => {
  if (data.areaCode !== picture.areaCode) leaves(picture, data, true);
  else enters(picture, data);
};

export const driverReturned: Fold<'driver.returned'> = (picture, { data }) => {
  if (data.areaCode !== picture.areaCode) leaves(picture, data, false);
  else enters(picture, data);
};

type Move = EventData['driver.pool_joined'];

function leaves(picture: AreaPicture, { driverId, areaCode }: Move, isOurs: boolean): void {
  const driver = picture.drivers.get(driverId);
  if (!driver) return;
  leavePool(picture, driver);
  picture.drivers.delete(driverId);
  if (isOurs) picture.lentOut.set(driverId, { ...driver, lentTo: areaCode });
}

function enters(picture: AreaPicture, { driverId, stationCode, driver: facts }: Move): void {
  picture.lentOut.delete(driverId);
  const known = picture.drivers.get(driverId);
  if (known) leavePool(picture, known);
  if (!facts) return;
  const { insideZoneId, licences, carrierId, credentials, driving, rests } = facts;
  const entered: DriverPicture = {
    driverId,
    insideZoneId,
    licences,
    carrierId,
    shift: undefined,
    credentials: credentials.map(({ credential, validFrom, validUntil }) => ({
      credential,
      validFrom: instantOf(validFrom),
      validUntil: instantOf(validUntil),
    })),
    activity: {
      driving: driving.map(({ startedAt, endedAt }) => ({ from: instantOf(startedAt), to: instantOf(endedAt) })),
      rests: rests.map(({ startedAt, endedAt }) => ({ from: instantOf(startedAt), to: instantOf(endedAt) })),
    },
    atStationCode: stationCode,
    holdsPlate: undefined,
    liveHandoffId: undefined,
    offer: undefined,
    lentTo: undefined,
    recorded: [],
  };
  picture.drivers.set(driverId, entered);
  joinPool(picture, entered);
}
