import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/**
 * Bytes outside the heap that this process holds on to, buffers of connections among them. What could be collected is
 * collected first, so that it does not depend on when that was done last.
 */
export async function externalMemoryInUse(): Promise<number> {
  // Buffers are given back after the collection that finds them dead.
  for (let turn = 0; turn < 2; turn += 1) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().external;
}
