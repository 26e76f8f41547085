import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ChangeRequest } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import type { Answer, Failure } from '@yizhan/outgoing';
import { Once } from '../changes/once.js';
import { attemptOf } from '../delivery/attempt.js';
import { opensAfter } from '../delivery/breaker.js';
import type { StateAnswer } from './change-subscription.js';
import { ProbeEndpoint } from './probe-endpoint.js';
import { leaveNotice, type SubscriptionState } from './subscription.js';

/**
 * Has an endpoint show that it wants the events: it is sent a signed message with random text and has to send that text back.
 * Without it anybody could aim our deliveries at somebody else's server.
 */
@Injectable()
export class ProveEndpoint {
  constructor(
    private readonly once: Once,
    private readonly probe: ProbeEndpoint,
  ) {}

  /** @throws Problem `illegal_state` that says what the endpoint answered in place of the text. */
  async execute(request: ChangeRequest, caller: Caller, id: string): Promise<StateAnswer> {
    const earlier = await this.once.answered<StateAnswer>(request);
    if (earlier) return earlier;
    const challenge = randomBytes(24).toString('base64url');
    const data = { subscriptionId: id, challenge };
    const { row, answer, at } = await this.probe.send(caller, id, 'challenge', { data, mayBeUnproven: true });
    const fault = faultOf(answer, challenge);
    if (fault !== undefined) {
      const attempt = attemptOf({ ...answer, failure: fault }, at);
      throw new Problem('illegal_state', 'SUBSCRIPTION.NOT_PROVEN', `the endpoint is not proven: ${fault.words}`, {
        attempt,
      });
    }
    return this.once.execute<StateAnswer>(request, async (change) => {
      const values = [id, row.version, change.at];
      const { state } = await change.tx.one<{ state: SubscriptionState }>(prove, values);
      leaveNotice(change.tx, id, change.at, ['proven', 'has a proven endpoint']);
      return { subscriptionId: id, state };
    });
  }
}

/** Why the answer does not show it. */
function faultOf({ failure, text }: Answer, challenge: string): Failure | undefined {
  if (failure !== undefined) return failure;
  if (text.trim() === challenge || echoOf(text) === challenge) return undefined;
  const words = 'its answer does not hold the challenge: answer with {"challenge":"…"}, the text of data.challenge';
  return { code: 'challenge_not_answered', words };
}

function echoOf(text: string): unknown {
  try {
    const answer = JSON.parse(text) as unknown;
    return typeof answer === 'object' && answer !== null && 'challenge' in answer ? answer.challenge : undefined;
  } catch {
    // Told as what it is: an answer without the text.
    return undefined;
  }
}

/** How it failed before is over. What it has asked for itself, without the breaker, holds until then. */
const prove = `
  UPDATE dispatch.subscriptions
  SET state = CASE state WHEN 'unproven' THEN proves_into ELSE state END, proven_at = to_timestamp($3::double precision / 1000),
      held_until = CASE WHEN failures < ${opensAfter} THEN held_until END, failures = 0, failing_since = NULL,
      changed_at = to_timestamp($3::double precision / 1000)
  WHERE subscription_id = $1 AND version = $2 RETURNING state`;
