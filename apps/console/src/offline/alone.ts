import { newId } from '../api/new-id.js';
import { device } from './device-store.js';
import { pause } from './pause.js';

const leaseFor = 15_000;
const renewEvery = 5_000;
const me = newId();

/**
 * Does something in one tab of this browser at a time, for as long as it takes. Where the browser has no locks (over plain HTTP)
 * a lease on this device stands for them: the tab that has it renews it, and another one takes it over where it has run out.
 */
export async function alone(name: string, stop: AbortSignal, work: () => Promise<void>): Promise<void> {
  if ('locks' in navigator) {
    await navigator.locks.request(name, { signal: stop }, work);
    return;
  }
  while (!stop.aborted && !(await takeLease(name))) await pause(renewEvery, stop);
  if (stop.aborted) return;
  const renewing = setInterval(() => void takeLease(name), renewEvery);
  try {
    await work();
  } finally {
    clearInterval(renewing);
    await device().leases.where({ name, owner: me }).delete();
  }
}

/** Whether it is this tab's now. */
export function takeLease(name: string, owner = me, now = Date.now()): Promise<boolean> {
  return device().transaction('rw', device().leases, async () => {
    const held = await device().leases.get(name);
    if (held && held.owner !== owner && held.until > now) return false;
    await device().leases.put({ name, owner, until: now + leaseFor });
    return true;
  });
}
