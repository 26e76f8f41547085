import { device } from './device-store.js';
import { afterDiscarding, discarded } from './replaced.js';
import { sendSoon } from './keep-sending.js';

/** Why a person does not send a step. */
export const discardReasons = ['did_not_happen', 'entered_twice', 'dealt_with', 'other'] as const;

export type DiscardReason = (typeof discardReasons)[number];

/** As it is, in its place: what was in its way may be out of it. */
export async function sendAgain(order: number): Promise<void> {
  await device().steps.update(order, { state: 'waiting', notLogged: undefined });
  sendSoon();
}

/** It stays on this device, with the reason, and holds nothing up any more. */
export async function discard(order: number, reason: DiscardReason): Promise<void> {
  await device().transaction('rw', device().steps, async () => {
    const step = await device().steps.get(order);
    if (!step) return;
    await device().steps.put(discarded(step, reason, Date.now()));
    await device().steps.bulkPut([...afterDiscarding(await device().steps.toArray(), step, Date.now())]);
  });
  sendSoon();
}
