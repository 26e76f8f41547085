import { OneOf } from '@yizhan/http';
import type { StorageState } from '@yizhan/service-process';

const storageStates = ['ok', 'low', 'full'] as const;

export class StorageResponse {
  @OneOf(storageStates, {
    description: '`low`: make room soon; `full`: every change is answered with 503 and `STORAGE.FULL`, reading goes on',
  })
  readonly state: StorageState;
}
