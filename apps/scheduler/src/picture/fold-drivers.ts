import type { DriverPicture } from './area-picture.js';
import { joinPool, leavePool } from './driver-pools.js';
import { isDriving } from './driving.js';
import { type Fold, instantOf } from './fold.js';

export const driverEnrolled: Fold<'driver.enrolled'> = (picture, { data }) => {
  const known = picture.drivers.get(data.driverId);
  if (known) leavePool(picture, known);
  const driver: DriverPicture = {
    shift: undefined,
    credentials: [],
    activity: { driving: [], rests: [] },
    atStationCode: data.homeStationCode,
    holdsPlate: undefined,
    liveHandoffId: undefined,
    offer: undefined,
    ...known,
    driverId: data.driverId,
    insideZoneId: data.insideZoneId,
    licences: data.licences,
    carrierId: data.carrierId,
  };
  picture.drivers.set(data.driverId, driver);
  joinPool(picture, driver);
};

export const driverChanged: Fold<'driver.changed'> = (picture, { data }) => {
  const driver = picture.drivers.get(data.driverId);
  if (!driver) return;
  leavePool(picture, driver);
  driver.licences = data.licences;
  driver.carrierId = data.carrierId;
  joinPool(picture, driver);
};

export const driverSideChanged: Fold<'driver.side_changed'> = (picture, { data }) => {
  const driver = picture.drivers.get(data.driverId);
  if (!driver) return;
  leavePool(picture, driver);
  driver.insideZoneId = data.insideZoneId;
  joinPool(picture, driver);
};

export const driverErased: Fold<'driver.erased'> = (picture, { data }) => {
  const driver = picture.drivers.get(data.driverId);
  if (driver) driver.licences = [];
};

export const driverShiftStarted: Fold<'driver.shift_started'> = (picture, { data }) => {
  const driver = picture.drivers.get(data.driverId);
  if (!driver) return;
  driver.shift = { stationCode: data.stationCode, endsAt: instantOf(data.endsAt) };
  if (!isDriving(driver)) driver.atStationCode = data.stationCode;
};

export const driverShiftEnded: Fold<'driver.shift_ended'> = (picture, { data }) => {
  const driver = picture.drivers.get(data.driverId);
  if (driver) driver.shift = undefined;
};

export const driverRestRecorded: Fold<'driver.rest_recorded'> = (picture, { data }) => {
  const rest = { from: instantOf(data.startedAt), to: instantOf(data.endedAt) };
  picture.drivers.get(data.driverId)?.activity.rests.push(rest);
};

export const driverCredentialGranted: Fold<'driver.credential_granted'> = (picture, event) => {
  const driver = picture.drivers.get(event.data.driverId);
  if (!driver) return;
  const { credential } = event.data;
  const validFrom = instantOf(event.data.validFrom);
  const now = instantOf(event.time);
  // A grant from the same instant on replaces the earlier one.
  const others = driver.credentials.filter(
    (held) => held.validUntil > now && (held.credential !== credential || held.validFrom !== validFrom),
  );
  driver.credentials = [...others, { credential, validFrom, validUntil: instantOf(event.data.validUntil) }];
};

export const driverCredentialRecalled: Fold<'driver.credential_recalled'> = (picture, { data }) => {
  const driver = picture.drivers.get(data.driverId);
  if (driver) driver.credentials = driver.credentials.filter(({ credential }) => credential !== data.credential);
};
