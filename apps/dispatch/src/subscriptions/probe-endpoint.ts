import { Injectable } from '@nestjs/common';
import type { Caller } from '@yizhan/identity';
import { Ids, Problem, SystemClock, toIso } from '@yizhan/kernel';
import { type Answer, EndpointClient } from '@yizhan/outgoing';
import { Database } from '@yizhan/persistence';
import { DeliveryPorts } from '../delivery/delivery-ports.js';
import { headersOf } from '../delivery/message.js';
import { keysAt, Senders } from '../delivery/senders.js';
import { lockSubscription, type SubscriptionRow } from './subscription.js';

/** What is sent besides events of the log: signed as those are, without a number and a position. */
export const probeTypes = {
  challenge: 'yizhan.subscription.challenged.v1',
  test: 'yizhan.subscription.tested.v1',
} as const;

/** Nobody is to be showered with challenges that he has not asked for. */
const leastBetween = 2_000;

export interface ProbeAnswer {
  readonly row: SubscriptionRow;
  readonly answer: Answer;
  /** When it was sent, epoch milliseconds. */
  readonly at: number;
}

/** Sends one message at once, and says what came of it. */
@Injectable()
export class ProbeEndpoint {
  readonly #wallClock = new SystemClock();

  constructor(
    private readonly database: Database,
    private readonly ids: Ids,
    private readonly ports: DeliveryPorts,
    private readonly senders: Senders,
  ) {}

  /** @throws Problem `conflict` where the last one was a moment ago. */
  async send(
    caller: Caller,
    id: string,
    what: keyof typeof probeTypes,
    { data, mayBeUnproven }: { readonly data: object; readonly mayBeUnproven: boolean },
  ): Promise<ProbeAnswer> {
    const at = this.ports.clock.now();
    const row = await this.database.transaction(async (tx) => {
      const locked = await lockSubscription(tx, caller, id);
      if (!mayBeUnproven && locked.state === 'unproven') {
        const message = 'its endpoint has still to be proven';
        throw new Problem('illegal_state', 'SUBSCRIPTION.STATE', message, { state: locked.state });
      }
      const [isMine] = await tx.rows(takeTurn, [id, at, leastBetween]);
      if (!isMine) {
        const message = 'something was sent to it a moment ago; try again';
        throw new Problem('conflict', 'SUBSCRIPTION.TOO_SOON', message, { retryAfterSeconds: leastBetween / 1_000 });
      }
      return locked;
    });
    return { row, at, answer: await this.#post(row, what, data, at) };
  }

  async #post(row: SubscriptionRow, what: keyof typeof probeTypes, data: object, at: number): Promise<Answer> {
    const sender = await this.senders.of(row);
    const id = this.ids.uuid(`${row.subscription_id}|${what}|${at}`, at);
    const body = JSON.stringify({
      specversion: '1.0',
      id,
      source: '/yizhan/dispatch',
      type: probeTypes[what],
      subject: `subscription/${row.subscription_id}`,
      time: toIso(at),
      datacontenttype: 'application/json',
      data,
    });
    const client = new EndpointClient({
      url: sender.url,
      rules: this.ports.rules,
      connections: 1,
      within: this.ports.settings.within,
    });
    try {
      const timestamp = Math.floor(this.#wallClock.now() / 1_000);
      return await client.post(headersOf({ ...sender, keys: keysAt(sender, at) }, { id, body }, timestamp), body);
    } finally {
      await client.close();
    }
  }
}

const takeTurn = `
  UPDATE dispatch.subscriptions SET probed_at = to_timestamp($2::double precision / 1000)
  WHERE subscription_id = $1
    AND (probed_at IS NULL OR probed_at <= to_timestamp(($2::double precision - $3::double precision) / 1000))
  RETURNING 1`;
