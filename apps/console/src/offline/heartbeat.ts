import { ProblemError } from '@yizhan/client';
import { asking, yizhanOf } from '../api/yizhan.js';
import { isRealTime } from '../live/use-now.js';
import { device } from './device-store.js';
import { workplace } from './station-in.js';

const beatsEvery = 9_000;
/** An answer that takes longer is none, milliseconds. */
const patience = 8_000;

let beatAt = -Infinity;

/**
 * Tells that this device can be reached, and has told all that anybody has logged on it: where none at a station does for
 * minutes, its area leaves it to its operators. @throws where the service cannot be reached.
 */
export async function beat(account: string, stop: AbortSignal): Promise<void> {
  const stationCode = workplace();
  // In a demonstration minutes pass in seconds.
  if (stationCode === undefined || !isRealTime() || performance.now() < beatAt + beatsEvery) return;
  if ((await device().steps.where('state').equals('waiting').count()) > 0) return;
  const path = { stationCode };
  const signal = AbortSignal.any([AbortSignal.timeout(patience), stop]);
  try {
    await asking(() => yizhanOf(account).stations.beat({ path, signal }));
  } catch (error) {
    // Whatever it says: it has answered, and what else is to be sent need not wait.
    if (!(error instanceof ProblemError)) throw error;
  }
  beatAt = performance.now();
}
