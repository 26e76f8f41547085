import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import type { EventDocument, Yizhan } from '../generated/index.js';
import { ProcessMemory } from './delivery-memory.js';
import { createReceiver, MissingNotFound, type ReceiverSettings } from './receiver.js';
import { type WebhookMessage, WebhookRefused } from './verify-webhook.js';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const subscription = 's1';

/** Every third event of the log is one that the subscription is about. */
const eventAt = (position: number, extra: object = {}): EventDocument =>
  ({
    id: `e${position}`,
    position: String(position),
    type: 'yizhan.visit.queued.v1',
    data: {},
    ...extra,
  }) as EventDocument;
const positionOf = (number: number): number => number * 3;

function sent(body: object, number?: number): WebhookMessage {
  const text = JSON.stringify(body);
  const at = new Date();
  const id = `${(body as EventDocument).id}_${subscription}`;
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, at, text),
    'yizhan-subscription-id': subscription,
    ...(number !== undefined && { 'yizhan-delivery-number': String(number) }),
  };
  return { headers, body: text };
}

const delivery = (number: number): WebhookMessage => sent(eventAt(positionOf(number)), number);

/** A feed of so many events, as far as a receiver asks for it. */
function feedOf(length: number, pages: string[] = []): Yizhan {
  const list = ({ query }: { query: { after: string; limit: number } }) => {
    pages.push(query.after);
    const from = Number(query.after);
    const next = Math.min(length, from + Math.min(query.limit, 7));
    const events = Array.from({ length: next - from }, (_none, index) => eventAt(from + 1 + index));
    return Promise.resolve({ events, next: String(next), head: String(length) });
  };
  return { events: { list } } as unknown as Yizhan;
}

function receiverWith(wanted: Partial<ReceiverSettings> = {}) {
  const handled: string[] = [];
  const receiver = createReceiver({
    secrets: secret,
    remember: new ProcessMemory(),
    handle: (event) => {
      handled.push(event.position);
      return Promise.resolve();
    },
    yizhan: feedOf(1_000),
    isWanted: ({ position }) => Number(position) % 3 === 0,
    ...wanted,
  });
  return { receiver, handled };
}

describe('a receiver', () => {
  it('handles everything once, whatever is lost, comes again or in another order', async () => {
    const come = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(come, fc.array(fc.nat()), async (numbers, again) => {
        const { receiver, handled } = receiverWith();
        const all = [...numbers, ...again.map((place) => numbers[place % numbers.length])];
        await Promise.all(all.map((number) => receiver.receive(delivery(number))));
        await receiver.pullMissing(subscription);
        const newest = Math.max(...numbers);
        const wanted = Array.from({ length: newest }, (_none, index) => positionOf(index + 1));
        expect(handled.map(Number).toSorted((a, b) => a - b)).toEqual(wanted);
        expect(await receiver.gaps(subscription)).toEqual([]);
        expect(await receiver.receive(delivery(1))).toMatchObject({ isDuplicate: true, missing: 0 });
      }),
      { numRuns: 50 },
    );
  });

  it('handles once what comes again while it is being handled', async () => {
    let count = 0;
    const handle = async (): Promise<void> => {
      count += 1;
      await new Promise((done) => setTimeout(done, 50));
    };
    const { receiver } = receiverWith({ handle });
    await Promise.all([1, 1, 1].map((number) => receiver.receive(delivery(number))));
    expect(count).toBe(1);
  });

  it('says how many are missing, and pulls between their neighbours alone', async () => {
    const pages: string[] = [];
    const { receiver } = receiverWith({ yizhan: feedOf(1_000, pages) });
    expect(await receiver.receive(delivery(1))).toMatchObject({ kind: 'event', isDuplicate: false, missing: 0 });
    expect(await receiver.receive(delivery(5))).toMatchObject({ missing: 3 });
    expect(await receiver.pullMissing(subscription)).toBe(3);
    expect(pages).toEqual(['3', '10']);
  });

  it('keeps the gap where the feed has less than is missing', async () => {
    const { receiver } = receiverWith({ isWanted: ({ position }) => position === '3' });
    await receiver.receive(delivery(4));
    await expect(receiver.pullMissing(subscription)).rejects.toThrow(MissingNotFound);
    expect(await receiver.gaps(subscription)).toMatchObject([{ missing: 3 }]);
  });

  it('closes the other gaps where one cannot be closed, as within a replay of what is older', async () => {
    const { receiver, handled } = receiverWith();
    for (const [number, position] of [
      [1, 30],
      [3, 9],
      [5, 15],
    ])
      await receiver.receive(sent(eventAt(position), number));
    await expect(receiver.pullMissing(subscription)).rejects.toThrow(MissingNotFound);
    expect(handled).toEqual(['30', '9', '15', '12']);
    expect(await receiver.gaps(subscription)).toMatchObject([{ missing: 1, after: { number: 1 } }]);
  });

  it('pulls nothing from before the position at which the subscription begins', async () => {
    const pages: string[] = [];
    const { receiver } = receiverWith({ yizhan: feedOf(1_000, pages), begins: '300', isWanted: () => true });
    await receiver.receive(sent(eventAt(303), 3));
    expect(await receiver.pullMissing(subscription)).toBe(2);
    expect(pages).toEqual(['300']);
  });

  it('does not know an event whose handling has failed', async () => {
    let fails = true;
    const { receiver } = receiverWith({
      handle: () => (fails ? Promise.reject(new Error('no room')) : Promise.resolve()),
    });
    await expect(receiver.receive(delivery(1))).rejects.toThrow('no room');
    fails = false;
    expect(await receiver.receive(delivery(1))).toMatchObject({ isDuplicate: false });
  });

  it('has a large event whole, which was sent without its data', async () => {
    const handled: EventDocument[] = [];
    const handle = (event: EventDocument): Promise<void> => Promise.resolve(void handled.push(event));
    const { receiver } = receiverWith({ handle });
    const envelope = eventAt(3, { data: undefined, dataref: '/api/v1/events?after=2&limit=1' });
    await receiver.receive(sent(envelope, 1));
    expect(handled).toEqual([eventAt(3)]);
  });

  it('answers a challenge, and passes over a test', async () => {
    const { receiver, handled } = receiverWith();
    const challenge = { id: 'c', type: 'yizhan.subscription.challenged.v1', data: { challenge: 'abc' } };
    expect(await receiver.receive(sent(challenge))).toEqual({ kind: 'challenge', answer: { challenge: 'abc' } });
    const test = { id: 't', type: 'yizhan.subscription.tested.v1', data: {} };
    expect(await receiver.receive(sent(test))).toEqual({ kind: 'test' });
    expect(handled).toEqual([]);
  });

  it('handles nothing that is not signed, or has no number', async () => {
    const { receiver, handled } = receiverWith();
    await expect(receiver.receive({ ...delivery(1), body: '{}' })).rejects.toThrow(WebhookRefused);
    await expect(receiver.receive(sent(eventAt(3)))).rejects.toThrow('yizhan-delivery-number');
    expect(handled).toEqual([]);
  });
});
