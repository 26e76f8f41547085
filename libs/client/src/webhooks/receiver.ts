import type { EventDocument, Yizhan } from '../generated/index.js';
import { type EventFilter, queryOf } from '../events/event-filter.js';
import type { DeliveryMemory } from './delivery-memory.js';
import {
  type DeliveryGap,
  type DeliveryRuns,
  gapsOf,
  noDeliveries,
  withDelivery,
  withoutGap,
} from './delivery-runs.js';
import { InTurn } from './in-turn.js';
import { header, type VerifySettings, verifyWebhook, type WebhookMessage } from './verify-webhook.js';

export interface ReceiverSettings extends VerifySettings {
  /** The secret that was shown when the subscription was made; both while it is rotated. */
  readonly secrets: string | readonly string[];
  readonly remember: DeliveryMemory;
  /** Does what an event leads to: once for each. What it throws has the event sent again. */
  readonly handle: (event: EventDocument) => Promise<void>;
  /** Pulls what is missing, and what is too large to be sent whole. @example connect(address, token) */
  readonly yizhan: Yizhan;
  /** `position` in the answer that made the subscription; the begin of the log without. */
  readonly begins?: string;
  /** The filter of the subscription: without it whatever lies in a gap is handled. */
  readonly filter?: EventFilter;
  /** Leaves out of what is pulled more than the filter does. */
  readonly isWanted?: (event: EventDocument) => boolean;
}

/** What a message was. */
export type Received =
  | {
      readonly kind: 'event';
      readonly eventId: string;
      readonly subscriptionId: string;
      /** It was handled before. */
      readonly isDuplicate: boolean;
      /** How many deliveries before it have not come: give them a moment, then call `pullMissing`. */
      readonly missing: number;
    }
  | { readonly kind: 'test' }
  /** Answer with this, as JSON: it proves that the endpoint is yours. */
  | { readonly kind: 'challenge'; readonly answer: { readonly challenge: string } };

export interface Receiver {
  /** @throws WebhookRefused where the message cannot be believed; what `handle` or the memory throws. */
  receive(message: WebhookMessage): Promise<Received>;
  /** What has not come of a subscription, although later deliveries have. */
  gaps(subscriptionId: string): Promise<DeliveryGap[]>;
  /**
   * Pulls what lies in the gaps of a subscription, and has it handled.
   * @returns how many events were handled by this
   * @throws MissingNotFound where the feed has fewer than are missing in a gap: that one stays, and the others are closed
   */
  pullMissing(subscriptionId: string): Promise<number>;
}

/** The feed does not have what is missing: usually its filter is not the one of the subscription. */
export class MissingNotFound extends Error {
  constructor(
    readonly gap: DeliveryGap,
    readonly found: number,
  ) {
    const { missing, after, before } = gap;
    super(
      `${missing} deliveries are missing between ${after.position} and ${before.position}, where the feed has ${found}`,
    );
    this.name = 'MissingNotFound';
  }
}

const challenged = 'yizhan.subscription.challenged.v1';
const tested = 'yizhan.subscription.tested.v1';
const pageSize = 500;

/**
 * Takes webhooks: verifies them, handles each event once whichever way and however often it comes, sees what is missing, and pulls
 * it. One receiver for one memory.
 */
export function createReceiver(settings: ReceiverSettings): Receiver {
  const { secrets, remember, handle, yizhan, begins, filter = {}, isWanted = () => true } = settings;
  const inTurn = new InTurn();

  // The id of the event and not `webhook-id`, which is made of it: so one that was pulled is known when it is sent.
  const handleOnce = (event: EventDocument): Promise<boolean> =>
    inTurn.run(`event ${event.id}`, () => remember.once(event.id, () => handle(event)));

  const runsOf = async (id: string): Promise<DeliveryRuns> => (await remember.readRuns(id)) ?? noDeliveries(begins);

  const change = (id: string, next: (runs: DeliveryRuns) => DeliveryRuns): Promise<DeliveryRuns> =>
    inTurn.run(`runs ${id}`, async () => {
      const before = await runsOf(id);
      const after = next(before);
      if (after !== before) await remember.keepRuns(id, after);
      return after;
    });

  /** A large event comes without its data. */
  async function whole(event: EventDocument & { readonly dataref?: string }): Promise<EventDocument> {
    if (event.dataref === undefined) return event;
    const after = String(BigInt(event.position) - 1n);
    const { events } = await yizhan.events.list({ query: { after, limit: 1 } });
    const [found] = events;
    if (found?.id === event.id) return found;
    throw new Error(`the feed does not have event ${event.id} at position ${event.position}`);
  }

  async function pull(gap: DeliveryGap): Promise<{ readonly found: number; readonly handled: number }> {
    const end = BigInt(gap.before.position);
    let found = 0;
    let handled = 0;
    for (let after = gap.after.position; BigInt(after) < end - 1n;) {
      const { events, next } = await yizhan.events.list({ query: { ...queryOf(filter), after, limit: pageSize } });
      for (const event of events) {
        if (BigInt(event.position) >= end || !isWanted(event)) continue;
        found += 1;
        if (await handleOnce(event)) handled += 1;
      }
      if (next === after) break;
      after = next;
    }
    return { found, handled };
  }

  return {
    async receive(message) {
      const { body } = await verifyWebhook(message, secrets, settings);
      const event = JSON.parse(body) as EventDocument & { readonly data?: { readonly challenge?: string } };
      if (event.type === challenged) return { kind: 'challenge', answer: { challenge: String(event.data.challenge) } };
      if (event.type === tested) return { kind: 'test' };
      const subscriptionId = header(message.headers, 'yizhan-subscription-id') ?? '';
      const number = Number(header(message.headers, 'yizhan-delivery-number'));
      if (!Number.isSafeInteger(number) || number < 1) throw new Error('yizhan-delivery-number is missing');
      const isDuplicate = !(await handleOnce(await whole(event)));
      const runs = await change(subscriptionId, (before) => withDelivery(before, { number, position: event.position }));
      const missing = gapsOf(runs).reduce((sum, gap) => sum + gap.missing, 0);
      return { kind: 'event', eventId: event.id, subscriptionId, isDuplicate, missing };
    },

    gaps: async (subscriptionId) => gapsOf(await runsOf(subscriptionId)),

    pullMissing: (subscriptionId) =>
      inTurn.run(`pull ${subscriptionId}`, async () => {
        let all = 0;
        let notFound: MissingNotFound | undefined;
        for (const gap of gapsOf(await runsOf(subscriptionId))) {
          const { found, handled } = await pull(gap);
          all += handled;
          // The others are pulled none the less.
          if (found < gap.missing) notFound ??= new MissingNotFound(gap, found);
          else await change(subscriptionId, (runs) => withoutGap(runs, gap));
        }
        if (notFound) throw notFound;
        return all;
      }),
  };
}
