import { OneOf } from '@yizhan/http';
import type { BackupState, StorageState } from '@yizhan/service-process';

const storageStates = ['ok', 'low', 'full'] as const;
const backupStates = ['ok', 'overdue'] as const;

export class StorageResponse {
  @OneOf(storageStates, {
    description: '`low`: make room soon; `full`: every change is answered with 503 and `STORAGE.FULL`, reading goes on',
  })
  readonly state: StorageState;

  @OneOf(backupStates, {
    description: '`overdue`: backups have failed for hours, and what is recorded is lost where the disk breaks',
  })
  readonly backups: BackupState;
}
