import type { Provider, Type } from '@nestjs/common';
import { PrintSlip } from './print-slip.js';
import type { SlipKeySet } from '@yizhan/service-process';
import { SlipKeys } from './slip-keys.js';
import { SlipRecords } from './slip-record.js';
import { SlipKeysController, SlipsController } from './slips.controller.js';

/** The papers of handoffs. @param keys none where this installation signs no slips */
export const slipProviders = (keys: SlipKeySet = []): Provider[] => [
  SlipRecords,
  PrintSlip,
  { provide: SlipKeys, useValue: new SlipKeys(keys) },
];

export const slipControllers: Type[] = [SlipsController, SlipKeysController];
