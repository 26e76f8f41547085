import type { DriverPicture, Recorded } from './area-picture.js';
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
    lentTo: undefined,
    recorded: [],
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

export const driverShiftStarted: Fold<'driver.shift_started'> = (picture, { id: eventId, data }) => {
  const driver = picture.drivers.get(data.driverId);
  if (!driver) return;
  driver.shift = { stationCode: data.stationCode, endsAt: instantOf(data.endsAt) };
  note(driver, { eventId, shiftEndsAt: driver.shift.endsAt });
  if (!isDriving(driver)) driver.atStationCode = data.stationCode;
};

export const driverShiftEnded: Fold<'driver.shift_ended'> = (picture, { data }) => {
  const driver = picture.drivers.get(data.driverId);
  if (driver) driver.shift = undefined;
};

export const driverRestRecorded: Fold<'driver.rest_recorded'> = (picture, { id: eventId, data }) => {
  const driver = picture.drivers.get(data.driverId);
  if (!driver) return;
  const rest = { from: instantOf(data.startedAt), to: instantOf(data.endedAt) };
  driver.activity.rests.push(rest);
  note(driver, { eventId, rest });
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
  const granted = { credential, validFrom, validUntil: instantOf(event.data.validUntil) };
  driver.credentials = [...others, granted];
  note(driver, { eventId: event.id, credential: granted });
};

export const driverCredentialRecalled: Fold<'driver.credential_recalled'> = (picture, { data }) => {
  const driver = picture.drivers.get(data.driverId);
  if (driver) driver.credentials = driver.credentials.filter(({ credential }) => credential !== data.credential);
};

/** What was recorded of him did not occur: he is as he was without it. */
export function driverEventRetracted(driver: DriverPicture, eventId: string): void {
  const recorded = driver.recorded.find((one) => one.eventId === eventId);
  if (!recorded) return;
  driver.recorded = driver.recorded.filter((one) => one !== recorded);
  if ('shiftEndsAt' in recorded) {
    if (driver.shift?.endsAt === recorded.shiftEndsAt) driver.shift = undefined;
  } else if ('rest' in recorded) {
    const { from, to } = recorded.rest;
    driver.activity.rests = driver.activity.rests.filter((rest) => rest.from !== from || rest.to !== to);
  } else {
    const { credential, validFrom } = recorded.credential;
    driver.credentials = driver.credentials.filter(
      (held) => held.credential !== credential || held.validFrom !== validFrom,
    );
  }
}

const keptRecords = 16;

function note(driver: DriverPicture, recorded: Recorded): void {
  driver.recorded = [...driver.recorded.slice(1 - keptRecords), recorded];
}
