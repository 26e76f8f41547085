import type { Provider, Type } from '@nestjs/common';
import type { StorageSign } from '@yizhan/service-process';
import { STORAGE, StorageController } from './storage.controller.js';

/** Of the disk that this process works on, where it has one of its own. */
export const storageProviders = (sign: StorageSign | undefined): Provider[] => [
  { provide: STORAGE, useValue: { sign } },
];

export const storageControllers: Type[] = [StorageController];
