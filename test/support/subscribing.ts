import { setTimeout as pause } from 'node:timers/promises';
import type { Claims } from '@yizhan/identity';
import { feedEvent } from './feed-events.js';
import type { DispatchGround, DispatchProcess } from './start-dispatch.js';

type Who = Omit<Claims, 'sub'>;

export interface Subscribed {
  readonly id: string;
  readonly secret: string;
}

/** What webhooks to endpoints of a test need: this machine is no public address. */
export const loopback = { networks: ['127.0.0.0/8'] };

export const administrator: Who = { role: 'administrator' };

/** Subscribes an endpoint and has it prove itself. */
export async function subscribe(
  dispatch: DispatchProcess,
  url: string,
  wanted: object = {},
  who = administrator,
): Promise<Subscribed> {
  const made = await dispatch.post(who, '/api/v1/subscriptions', { url, ...wanted });
  if (made.status !== 201) throw new Error(made.text);
  const { subscriptionId, secret } = made.body as unknown as { subscriptionId: string; secret: string };
  const proven = await dispatch.post(who, `/api/v1/subscriptions/${subscriptionId}/proof`);
  if (proven.status !== 200) throw new Error(proven.text);
  return { id: subscriptionId, secret };
}

/** Waits until something holds. @throws Error where it does not in time. */
export async function until(holds: () => boolean | Promise<boolean>, seconds = 30): Promise<void> {
  const deadline = performance.now() + seconds * 1_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`it did not come about within ${seconds} s`);
    await pause(20);
  }
}

/** Writes so many events of trucks that queue, and gives them their places in the log. */
export async function tell(
  ground: DispatchGround,
  count: number,
  facts: (index: number) => Parameters<typeof feedEvent>[1] = () => ({}),
): Promise<void> {
  await ground.write(Array.from({ length: count }, (_none, index) => feedEvent('visit.queued', facts(index))));
  await ground.sequence();
}
