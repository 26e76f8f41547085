import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ManualClock } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import {
  type DispatchGround,
  type DispatchProcess,
  openDispatchGround,
} from '../../../../test/support/start-dispatch.js';
import { administrator, loopback, subscribe, tell, until } from '../../../../test/support/subscribing.js';
import { WebhookReceiver } from '../../../../test/support/webhook-receiver.js';
import type { DeliveryResponse } from './deliveries.dto.js';
import { DeliveriesRepository } from './deliveries.repository.js';

const hour = 3_600_000;
const begun = Date.parse('2026-03-02T00:00:00.000Z');

let ground: DispatchGround;
let dispatch: DispatchProcess;
let receiver: WebhookReceiver;
let clock: ManualClock;
let behind: Database;

beforeEach(async () => {
  clock = new ManualClock(begun);
  ground = await openDispatchGround();
  dispatch = await ground.start({
    clock,
    webhooks: loopback,
    delivery: { lookEvery: 20, within: 60_000, lease: 120_000 },
  });
  behind = await ground.test.open('dispatch');
  receiver = await WebhookReceiver.open();
});
afterEach(async () => {
  expect(dispatch.faults).toEqual([]);
  await ground.close();
  await receiver.close();
});

const told = (count: number, facts?: Parameters<typeof tell>[2]) => tell(ground, count, facts);

const post = (id: string, what: string, body?: object) =>
  dispatch.post(administrator, `/api/v1/subscriptions/${id}/${what}`, body);

const read = async (path: string): Promise<Record<string, unknown>> =>
  (await dispatch.ask(administrator, `/api/v1/subscriptions/${path}`)).body;

const log = async (id: string, query = ''): Promise<DeliveryResponse[]> =>
  (await read(`${id}/deliveries?limit=100${query}`))['items'] as DeliveryResponse[];

const upTo = (count: number): number[] => Array.from({ length: count }, (_none, index) => index + 1);

const countOf = async (table: string): Promise<number> => {
  const [{ count }] = await behind.rows<{ count: number }>(`SELECT count(*) AS count FROM dispatch.${table}`);
  return count;
};

/** As the process that has it in hand would leave it if it were killed. */
const abandon = () => behind.rows('UPDATE dispatch.batches SET leased_until = clock_timestamp()');

/** Takes messages and does not answer before it is told to. */
function holding(): { readonly count: number; answer(count: number): void; letGo(): void } {
  const held: ServerResponse[] = [];
  receiver.answering = (_message, response) => void held.push(response);
  return {
    get count() {
      return held.length;
    },
    answer: (count) => {
      for (const response of held.splice(0, count)) response.writeHead(204).end();
    },
    letGo: () => {
      receiver.answering = (_message, response) => void response.writeHead(204).end();
      for (const response of held.splice(0)) response.writeHead(204).end();
    },
  };
}

describe('what is in hand for the first time', () => {
  it('has no row, is shown with its number, and is neither sent again nor given another number', async () => {
    const held = holding();
    const { id } = await subscribe(dispatch, receiver.url);
    await told(10);
    await until(() => held.count === 10);
    expect(await countOf('deliveries')).toBe(0);
    expect(await read(id)).toMatchObject({ pending: 10, lastNumber: 10, position: '10' });
    const shown = await log(id);
    expect(shown.map(({ position, number }) => [position, number])).toEqual(
      upTo(10)
        .map((each) => [String(each), each])
        .toReversed(),
    );
    expect(shown[0]).toMatchObject({ state: 'pending', isUnderWay: true, tries: 0, attempts: [] });
    expect(await log(id, '&state=delivered')).toEqual([]);
    expect((await post(id, 'deliveries/3/redelivery')).body).toMatchObject({ code: 'DELIVERY.UNDER_WAY' });
    const since = new Date(begun - hour).toISOString();
    for (const what of ['all', 'undelivered']) expect((await post(id, 'replays', { what, since })).status).toBe(201);
    const replays = async () => (await read(`${id}/replays`))['items'];
    await until(async () => JSON.stringify(await replays()).match(/"done"/g)?.length === 2);
    expect(await replays()).toMatchObject([{ queued: 0 }, { queued: 0 }]);

    held.letGo();
    await until(async () => (await read(id))['pending'] === 0 && (await countOf('batches')) === 0);
    expect(receiver.numbers.toSorted((one, other) => one - other)).toEqual(upTo(10));
    expect((await log(id)).map(({ state, attempts }) => [state, attempts.length])).toEqual(
      upTo(10).map(() => ['delivered', 1]),
    );
  });

  it('is taken over with its ids and numbers where its process is gone, and once where that comes back', async () => {
    const held = holding();
    const { id } = await subscribe(dispatch, receiver.url);
    await told(5);
    await until(() => held.count === 5);
    await abandon();
    await until(() => held.count === 10);
    expect(await countOf('batches')).toBe(0);
    // What the first was answered counts, whoever has it in hand now.
    held.answer(5);
    await until(async () => (await read(id))['pending'] === 0);
    held.letGo();
    const sent = receiver.messages.map(
      ({ headers }) => `${headers['webhook-id']} ${headers['yizhan-delivery-number']}`,
    );
    expect([sent.length, new Set(sent).size]).toEqual([10, 5]);
    expect((await log(id)).map(({ number, state }) => [number, state])).toEqual(
      upTo(5)
        .map((each) => [each, 'delivered'])
        .toReversed(),
    );
    await told(1);
    await until(() => receiver.messages.length === 11);
    expect(receiver.numbers.at(-1)).toBe(6);
  });

  it('is stored at once where it comes alone, and what ends in the moment after together', async () => {
    const held = holding();
    const patient = await ground.start({ clock, webhooks: loopback, delivery: { lookEvery: 20, gatherFor: 2_000 } });
    await dispatch.stop();
    await subscribe(patient, receiver.url);
    await told(10);
    await until(() => held.count === 10);
    held.answer(1);
    await until(async () => (await countOf('deliveries')) === 1);
    for (let answered = 1; answered < 10; answered += 1) {
      held.answer(1);
      await pause(10);
    }
    await until(async () => (await countOf('deliveries')) === 10);
    const [{ statements }] = await behind.rows<{ statements: number }>(
      'SELECT count(DISTINCT xmin::text) AS statements FROM dispatch.deliveries',
    );
    expect(statements).toBe(2);
  });

  it('is given back by a process that goes down, and sent by another one', async () => {
    const held = holding();
    const { id } = await subscribe(dispatch, receiver.url);
    await told(30);
    await until(() => held.count === 16);
    const stopping = dispatch.stop();
    const other = await ground.start({ clock, webhooks: loopback, delivery: { lookEvery: 20 } });
    receiver.answering = (_message, response) => void response.writeHead(204).end();
    await until(() => new Set(receiver.numbers).size === 30);
    await stopping;
    await until(async () => (await countOf('batches')) === 0);
    // What the first had under way is sent once more.
    const delivered = `/api/v1/subscriptions/${id}/deliveries?limit=100&state=delivered`;
    await until(async () => {
      const { body } = await other.ask(administrator, delivered);
      return (body as unknown as { items: object[] }).items.length === 30;
    });
    expect(new Set(receiver.messages.map(({ headers }) => headers['webhook-id'])).size).toBe(30);
  });

  it('goes before what comes in order after it', async () => {
    const held = holding();
    const { id } = await subscribe(dispatch, receiver.url);
    await told(3, () => ({ plate: 'A', correlationId: 'visit' }));
    await until(() => held.count === 3);
    expect((await post(id, 'details', { ordered: true })).status).toBe(200);
    await told(1, () => ({ plate: 'A', correlationId: 'visit' }));
    await pause(300);
    expect(held.count).toBe(3);
    held.letGo();
    await until(() => receiver.messages.length === 4);
    expect(receiver.positions.at(-1)).toBe(4);
  });

  it('ends with its subscription', async () => {
    const held = holding();
    const { id } = await subscribe(dispatch, receiver.url);
    await told(5);
    await until(() => held.count === 5);
    expect((await post(id, 'deletion')).status).toBe(200);
    held.letGo();
    await until(async () => (await countOf('ended_subscriptions')) === 0);
    expect([await countOf('batches'), await countOf('deliveries')]).toEqual([0, 0]);
  });
});

describe('an attempt whose lease is over', () => {
  it('counts where it was taken, and not where it failed: whoever has it now goes by a schedule of his own', async () => {
    const held = holding();
    const { id } = await subscribe(dispatch, receiver.url, { ordered: true });
    await told(1);
    await until(() => held.count === 1);
    await behind.rows(`UPDATE dispatch.deliveries SET leased_by = 'another one'`);
    const attempt = { at: new Date(begun).toISOString(), milliseconds: 1, status: 500, failure: 'it answered 500' };
    const outcome = { subscriptionId: id, position: 1, tries: 10, dueAt: begun, attempt };
    const deliveries = dispatch.get(DeliveriesRepository);
    await deliveries.record([{ ...outcome, state: 'failed' }], begun, 'the one before');
    expect(await log(id)).toMatchObject([{ state: 'pending', tries: 0, attempts: [] }]);
    await deliveries.record([{ ...outcome, state: 'delivered' }], begun, 'the one before');
    expect(await log(id)).toMatchObject([{ state: 'delivered' }]);
    held.letGo();
  });
});

describe('a replay', () => {
  const everything = { what: 'undelivered', since: new Date(begun - hour).toISOString() };

  it('without an end brings what the clock of whoever recorded it puts after the present', async () => {
    const { id } = await subscribe(dispatch, receiver.url);
    await post(id, 'pause');
    // Recorded by the clock on the wall, which is ahead of this product's.
    await told(4);
    await post(id, 'resumption', { from: 'now' });
    expect((await post(id, 'replays', everything)).status).toBe(201);
    await until(() => receiver.messages.length === 4);
    expect(receiver.numbers.toSorted((one, other) => one - other)).toEqual(upTo(4));
    expect((await read(`${id}/replays`))['items']).toMatchObject([{ until: new Date(begun).toISOString(), queued: 4 }]);
  });

  it('brings also what is skipped later of what it was asked for', async () => {
    const { id } = await subscribe(dispatch, receiver.url, { perSecond: 10 });
    await told(40);
    await until(() => receiver.messages.length >= 10);
    expect((await post(id, 'replays', everything)).status).toBe(201);
    const state = async () => (await read(`${id}/replays`))['items'];
    await until(async () => JSON.stringify(await state()).includes('"done"'));
    await post(id, 'resumption', { from: 'now' });
    await until(() => new Set(receiver.positions).size === 40);
    expect(new Set(receiver.numbers).size).toBe(40);
    expect(receiver.messages).toHaveLength(40);
  });

  it('that is under way brings also what is skipped meanwhile', async () => {
    const { id } = await subscribe(dispatch, receiver.url);
    await told(2);
    await until(() => receiver.messages.length === 2);
    await post(id, 'pause');
    await told(3);
    // Paused, it has still to begin: what comes next is to be delivered anyway.
    expect((await post(id, 'replays', everything)).status).toBe(201);
    await post(id, 'resumption', { from: 'now' });
    await told(1);
    await until(() => new Set(receiver.positions).size === 6);
    expect(receiver.messages).toHaveLength(6);
    expect(receiver.numbers.toSorted((one, other) => one - other)).toEqual(upTo(6));
  });
});
