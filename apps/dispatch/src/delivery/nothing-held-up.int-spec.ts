import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ManualClock } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import { feedEvent } from '../../../../test/support/feed-events.js';
import {
  type DispatchGround,
  type DispatchProcess,
  openDispatchGround,
} from '../../../../test/support/start-dispatch.js';
import { administrator, loopback, subscribe, tell, until } from '../../../../test/support/subscribing.js';
import { WebhookReceiver } from '../../../../test/support/webhook-receiver.js';
import { Deliverer } from './deliverer.js';

const hour = 3_600_000;
const day = 24 * hour;
const begun = Date.parse('2026-03-02T00:00:00.000Z');

let ground: DispatchGround;
let dispatch: DispatchProcess;
let receiver: WebhookReceiver;
let clock: ManualClock;
let behind: Database;
const opened: WebhookReceiver[] = [];

async function receive(): Promise<WebhookReceiver> {
  const made = await WebhookReceiver.open();
  opened.push(made);
  return made;
}

beforeEach(async () => {
  clock = new ManualClock(begun);
  ground = await openDispatchGround();
  dispatch = await ground.start({
    clock,
    webhooks: loopback,
    delivery: { lookEvery: 20, within: 60_000, lease: 120_000, looksPerPurge: 10, mostInHand: 100 },
  });
  behind = await ground.test.open('dispatch');
  receiver = await receive();
});
afterEach(async () => {
  expect(dispatch.faults).toEqual([]);
  await ground.close();
  for (const each of opened.splice(0)) await each.close();
});

const told = (count: number, facts?: Parameters<typeof tell>[2]) => tell(ground, count, facts);

const show = async (id: string): Promise<Record<string, unknown>> =>
  (await dispatch.ask(administrator, `/api/v1/subscriptions/${id}`)).body;

const post = (id: string, what: string, body?: object) =>
  dispatch.post(administrator, `/api/v1/subscriptions/${id}/${what}`, body);

/** Takes messages and does not answer before it is told to. */
function holding(endpoint: WebhookReceiver): { readonly count: number; letGo(): void } {
  const held: ServerResponse[] = [];
  endpoint.answering = (_message, response) => void held.push(response);
  return {
    get count() {
      return held.length;
    },
    letGo: () => {
      endpoint.answering = (_message, response) => void response.writeHead(204).end();
      for (const response of held.splice(0)) response.writeHead(204).end();
    },
  };
}

const countOf = async (id: string): Promise<number> => {
  const sql = 'SELECT count(*) AS count FROM dispatch.deliveries WHERE subscription_id = $1';
  const [{ count }] = await behind.rows<{ count: number }>(sql, [id]);
  return count;
};

interface MadeRows {
  readonly first: number;
  readonly count: number;
  readonly state: 'pending' | 'delivered' | 'failed';
  /** When they were made and due or ended, epoch milliseconds. */
  readonly at: number;
}

/** Deliveries as they would lie there after days. */
const insertRows = (id: string, { first, count, state, at }: MadeRows) =>
  behind.rows(
    `INSERT INTO dispatch.deliveries (subscription_id, position, number, event_id, type, state, made_at, due_at, ended_at, tries)
     SELECT $1::uuid, n, n, gen_random_uuid(), 'yizhan.visit.queued.v1', $4::text, to_timestamp($5::double precision / 1000),
       to_timestamp($5::double precision / 1000), CASE WHEN $4::text <> 'pending' THEN to_timestamp($5::double precision / 1000) END, 1
     FROM generate_series($2::bigint, $2::bigint + $3::bigint - 1) AS n`,
    [id, first, count, state, at],
  );

describe('endpoints that answer slowly', () => {
  it('leave room for those that do not, however many there are', async () => {
    const slow = await Promise.all(Array.from({ length: 9 }, receive));
    const held = slow.map(holding);
    for (const each of slow) await subscribe(dispatch, each.url);
    await told(30);
    // Each of them would take 16 at once, and there is no room for so many.
    await until(() => held.reduce((sum, { count }) => sum + count, 0) >= 60);
    await pause(500);
    const fast = await subscribe(dispatch, receiver.url, { after: '0' });
    await until(() => receiver.messages.length === 30);
    expect(await show(fast.id)).toMatchObject({ failures: 0 });
    for (const each of held) each.letGo();
    await until(() => slow.every(({ messages }) => new Set(messages.map(({ body }) => body)).size === 30));
  });

  it('have no more in hand than their connections are busy with', async () => {
    await subscribe(dispatch, receiver.url);
    await told(300);
    await until(() => receiver.messages.length === 300);
    const held = holding(receiver);
    await told(300);
    await until(() => held.count === 16 && dispatch.get(Deliverer).inHand === 16);
    held.letGo();
    await until(() => receiver.messages.length === 600);
  });
});

describe('new events', () => {
  it('are not held up by what waits for its next attempt', async () => {
    const { id } = await subscribe(dispatch, receiver.url);
    await insertRows(id, { first: 1_000_000, count: 5_000, state: 'pending', at: begun + hour });
    await told(3);
    await until(() => receiver.messages.length === 3);
  });

  it('are not held up by a replay', async () => {
    await told(2_000);
    const { id } = await subscribe(dispatch, receiver.url, { perSecond: 400 });
    const replay = { what: 'all', since: '2020-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z' };
    expect((await post(id, 'replays', replay)).status).toBe(201);
    await until(() => receiver.messages.length >= 100);
    await told(20);
    await until(() => receiver.positions.filter((position) => position > 2_000).length === 20);
    expect(receiver.messages.length).toBeLessThan(1_500);
    await until(() => new Set(receiver.positions).size === 2_020);
  });
});

describe('a rate', () => {
  it('is used up by what is sent, and not by looking through the log for it', async () => {
    await told(4_000);
    await ground.write([feedEvent('visit.departed')]);
    await ground.sequence();
    // Eight looks at 500 entries each would have taken eight seconds.
    await subscribe(dispatch, receiver.url, {
      perSecond: 1,
      after: '0',
      filter: { types: ['yizhan.visit.departed.*'] },
    });
    await until(() => receiver.messages.length === 1, 4);
  });
});

describe('order that is asked for later', () => {
  it('holds for what waits already', async () => {
    receiver.answering = (_message, response) => void response.writeHead(500).end();
    const { id } = await subscribe(dispatch, receiver.url);
    await told(4, (index) => ({ plate: 'A', correlationId: `visit ${index}` }));
    await until(() => receiver.messages.length === 4);
    await until(async () => (await show(id))['failures'] === 4);
    expect((await post(id, 'details', { ordered: true })).status).toBe(200);

    const taken: number[] = [];
    let isRefused = false;
    receiver.answering = ({ body }, response) => {
      const position = Number((JSON.parse(body) as { position: string }).position);
      const isFirst = position === 1 && !isRefused;
      if (isFirst) isRefused = true;
      else taken.push(position);
      response.writeHead(isFirst ? 500 : 204).end();
    };
    await told(4, (index) => ({ plate: 'A', correlationId: `later visit ${index}` }));
    await until(async () => {
      clock.moveTo(clock.now() + 7_000);
      return (await show(id))['pending'] === 0;
    });
    expect(isRefused).toBe(true);
    expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('a pause', () => {
  it('outlives another address', async () => {
    const { id } = await subscribe(dispatch, receiver.url);
    await post(id, 'pause');
    const other = await receive();
    expect((await post(id, 'details', { url: other.url })).body).toMatchObject({ state: 'unproven' });
    clock.moveTo(clock.now() + 3_000);
    expect((await post(id, 'proof')).body).toMatchObject({ state: 'paused' });
    await told(1);
    expect((await post(id, 'resumption')).body).toMatchObject({ state: 'active' });
    await until(() => other.messages.length === 1);
    expect(receiver.messages).toEqual([]);
  });

  it('that the endpoint has asked for outlives a proof, and not another host', async () => {
    receiver.answering = (_message, response) => void response.writeHead(429, { 'retry-after': '1800' }).end();
    const { id } = await subscribe(dispatch, receiver.url);
    await told(1);
    await until(async () => (await show(id))['heldUntil'] !== undefined);
    const { heldUntil } = await show(id);
    clock.moveTo(clock.now() + 3_000);
    expect((await post(id, 'proof')).body).toMatchObject({ state: 'active' });
    expect(await show(id)).toMatchObject({ failures: 0, heldUntil });
    expect((await post(id, 'details', { url: `${receiver.url}/elsewhere` })).status).toBe(200);
    expect(await show(id)).toMatchObject({ heldUntil });
    const other = await receive();
    expect((await post(id, 'details', { url: other.url })).status).toBe(200);
    expect((await show(id))['heldUntil']).toBeUndefined();
  });
});

describe('what is old', () => {
  it('is removed as fast as it comes, whatever lies before it', async () => {
    const { id } = await subscribe(dispatch, receiver.url);
    const at = begun - 20 * day;
    await insertRows(id, { first: 1_000_000, count: 1_500, state: 'failed', at });
    await insertRows(id, { first: 1_001_500, count: 4_000, state: 'delivered', at });
    await insertRows(id, { first: 1_005_500, count: 10, state: 'delivered', at: begun });
    await until(async () => (await countOf(id)) === 1_510);
    clock.moveTo(begun + 45 * day);
    await until(async () => (await countOf(id)) === 0);
  });

  it('goes behind a subscription that is deleted, which waits for none of it', async () => {
    const { id } = await subscribe(dispatch, receiver.url);
    await insertRows(id, { first: 1_000_000, count: 5_000, state: 'delivered', at: begun });
    const isKeyGone = () =>
      ground.keystore.find(`subscription:${id}`).then(
        () => false,
        () => true,
      );
    await behind.transaction(async (tx) => {
      // Whoever had to remove the rows first would wait for this one.
      await tx.rows('SELECT 1 FROM dispatch.deliveries WHERE subscription_id = $1 AND position = 1000000 FOR UPDATE', [
        id,
      ]);
      expect((await post(id, 'deletion')).status).toBe(200);
      expect((await dispatch.ask(administrator, `/api/v1/subscriptions/${id}`)).status).toBe(404);
      expect(await isKeyGone()).toBe(true);
    });
    const left = 'SELECT 1 FROM dispatch.ended_subscriptions';
    await until(async () => (await countOf(id)) === 0 && (await behind.rows(left)).length === 0);
  });
});
