/** How much room there is for what people record. `low`: somebody should make room; `full`: nothing is taken in any more. */
export type StorageState = 'ok' | 'low' | 'full';

/** Whether backups are made: `overdue` where they have failed until the newest is older than it should ever be. */
export type BackupState = 'ok' | 'overdue';

/** What is known of the disk that everything lies on. */
export interface StorageSign {
  readonly state: StorageState;
  /** Bytes that are free. */
  readonly freeBytes: number;
  readonly backups: BackupState;
}
