import type { Provider, Type } from '@nestjs/common';
import { RecordSwap } from '../handoffs/record-swap.js';
import { OfflineRecordsController } from './offline-records.controller.js';
import { OpenException } from './open-exception.js';
import { RecordOffline } from './record-offline.js';
import { RefuseRecord } from './refuse-record.js';
import { TrucksOfRecords } from './trucks-of-records.js';
import { TrueNow } from './true-now.js';
import { UploadRecords } from './upload-records.js';
import { Uploads } from './uploads.js';

/** What a tablet tells that was offline. */
export const offlineProviders: Provider[] = [
  UploadRecords,
  Uploads,
  TrucksOfRecords,
  RecordOffline,
  RecordSwap,
  RefuseRecord,
  OpenException,
  TrueNow,
];
export const offlineControllers: Type[] = [OfflineRecordsController];
