import type { StorageState } from '@yizhan/service-process';

/** So many times the reserve is little: time to make room while work goes on. */
const lowFactor = 4;
/** Room has to have come back for good, or it would be full and not full by turns. */
const againFactor = 1.25;

/**
 * @param freeBytes of the disk. @param reserveBytes what is kept free for PostgreSQL to end in good order.
 * @param before what it was: who was full stays so until there is some more room than that.
 */
export function judgeStorage(freeBytes: number, reserveBytes: number, before: StorageState): StorageState {
  if (freeBytes < reserveBytes * (before === 'full' ? againFactor : 1)) return 'full';
  return freeBytes < reserveBytes * lowFactor ? 'low' : 'ok';
}
