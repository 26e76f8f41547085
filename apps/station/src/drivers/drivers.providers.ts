import type { Provider, Type } from '@nestjs/common';
import { ChangeDriver } from './change-driver.js';
import { ChangeDriverSide } from './change-driver-side.js';
import { CredentialsController } from './credentials.controller.js';
import { CredentialRow, DriverRow } from './driver.entity.js';
import { DriversController } from './drivers.controller.js';
import { Drivers } from './drivers.reader.js';
import { DutiesController } from './duties.controller.js';
import { EndShift } from './end-shift.js';
import { EnrolDriver } from './enrol-driver.js';
import { GrantCredential } from './grant-credential.js';
import { RecallCredential } from './recall-credential.js';
import { RecordRest } from './record-rest.js';
import { StartShift } from './start-shift.js';

/** What can be asked about drivers, their shifts, rests and credentials. */
export const driverProviders: Provider[] = [
  EnrolDriver,
  ChangeDriver,
  ChangeDriverSide,
  StartShift,
  EndShift,
  RecordRest,
  GrantCredential,
  RecallCredential,
  Drivers,
];

export const driverControllers: Type[] = [DriversController, DutiesController, CredentialsController];

export const driverEntities = [DriverRow, CredentialRow];
