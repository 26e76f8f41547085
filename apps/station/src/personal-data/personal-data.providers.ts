import type { Provider, Type } from '@nestjs/common';
import { ErasePerson } from './erase-person.js';
import { KeepErased } from './keep-erased.js';
import { PersonalData } from './personal-data.js';
import { PersonalDataController } from './personal-data.controller.js';
import { PersonalDataReads } from './personal-data-reads.reader.js';
import { PersonalScope } from './personal-scope.js';
import { RecordPersonalData } from './record-personal-data.js';

/** What is known of persons, and who may know it. */
export const personalDataProviders: Provider[] = [
  PersonalData,
  RecordPersonalData,
  ErasePerson,
  PersonalDataReads,
  PersonalScope,
  KeepErased,
];

export const personalDataControllers: Type[] = [PersonalDataController];
