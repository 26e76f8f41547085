/** How much room there is for what people record. `low`: somebody should make room; `full`: nothing is taken in any more. */
export type StorageState = 'ok' | 'low' | 'full';

/** What is known of the disk that everything lies on. */
export interface StorageSign {
  readonly state: StorageState;
  /** Bytes that are free. */
  readonly freeBytes: number;
}
