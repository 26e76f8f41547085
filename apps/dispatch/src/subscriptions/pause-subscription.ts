import { Injectable } from '@nestjs/common';
import { LogReader } from '@yizhan/event-log';
import type { ChangeRequest } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { Once } from '../changes/once.js';
import type { StateAnswer } from './change-subscription.js';
import { leaveNotice, lockSubscription, type SubscriptionState } from './subscription.js';

/** Where a subscription goes on: with everything since it stopped, or with what happens from now on. */
export const resumptions = ['where_it_stopped', 'now'] as const;
export type Resumption = (typeof resumptions)[number];

const pausable: readonly SubscriptionState[] = ['active', 'paused'];
const resumable: readonly SubscriptionState[] = ['paused', 'disabled', 'active'];

/** Stops and starts deliveries. The log keeps what happens meanwhile, so nothing is lost by it. */
@Injectable()
export class PauseSubscription {
  constructor(
    private readonly once: Once,
    private readonly reader: LogReader,
  ) {}

  pause(request: ChangeRequest, caller: Caller, id: string): Promise<StateAnswer> {
    return this.once.execute(request, async ({ tx, at }) => {
      const { state } = await lockSubscription(tx, caller, id);
      if (!pausable.includes(state)) throw notOpen(state, 'paused');
      await tx.one(setPaused, [id, at]);
      if (state !== 'paused') leaveNotice(tx, id, at, ['paused', 'is paused']);
      return { subscriptionId: id, state: 'paused' };
    });
  }

  async resume(request: ChangeRequest, caller: Caller, id: string, from: Resumption): Promise<StateAnswer> {
    const head = await this.reader.head();
    return this.once.execute(request, async ({ tx, at }) => {
      const { state, position } = await lockSubscription(tx, caller, id);
      if (!resumable.includes(state)) throw notOpen(state, 'resumed');
      await tx.one(setActive, [id, at, from === 'now' ? head : 0]);
      // What a replay was asked for beyond this place was to be delivered anyway: skipped now, it comes with the replay.
      if (from === 'now') await tx.rows(extendReplays, [id, position]);
      const skips = from === 'now' ? '; what has happened meanwhile is left to a replay' : '';
      leaveNotice(tx, id, at, ['resumed', `goes on${skips}`]);
      return { subscriptionId: id, state: 'active' };
    });
  }
}

function notOpen(state: SubscriptionState, what: string): Problem {
  const reason = state === 'unproven' ? 'its endpoint has still to be proven' : `it is ${state}`;
  return new Problem('illegal_state', 'SUBSCRIPTION.STATE', `it cannot be ${what}: ${reason}`, { state });
}

const setPaused = `
  UPDATE dispatch.subscriptions
  SET state = 'paused', version = version + 1, changed_at = to_timestamp($2::double precision / 1000)
  WHERE subscription_id = $1 RETURNING 1`;

const extendReplays = `
  UPDATE dispatch.replays SET state = 'running', last_position = asked_position,
    position = CASE state WHEN 'running' THEN position ELSE greatest(position, $2) END
  WHERE subscription_id = $1 AND asked_position > $2`;

const setActive = `
  UPDATE dispatch.subscriptions
  SET state = 'active', disabled_reason = NULL, failures = 0, failing_since = NULL, held_until = NULL,
      position = greatest(position, $3), version = version + 1, changed_at = to_timestamp($2::double precision / 1000)
  WHERE subscription_id = $1 RETURNING 1`;
