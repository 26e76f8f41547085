import { setTimeout as pause } from 'node:timers/promises';
import { ManualClock } from '@yizhan/kernel';
import { retryDelays } from '@yizhan/outgoing';
import {
  type DispatchGround,
  type DispatchProcess,
  openDispatchGround,
} from '../../../../test/support/start-dispatch.js';
import { administrator, loopback, subscribe, tell, until } from '../../../../test/support/subscribing.js';
import { type Answering, WebhookReceiver } from '../../../../test/support/webhook-receiver.js';
import type { DeliveryResponse } from './deliveries.dto.js';

const hour = 3_600_000;
const begun = Date.parse('2026-03-02T00:00:00.000Z');
const status =
  (code: number, headers: Record<string, string> = {}): Answering =>
  (_message, response) =>
    void response.writeHead(code, headers).end('because');

let ground: DispatchGround;
let dispatch: DispatchProcess;
let receiver: WebhookReceiver;
let clock: ManualClock;
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
    delivery: { lookEvery: 20, within: 2_000, lease: 6_000, looksPerPurge: 10 },
  });
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

async function delivery(id: string, position: number): Promise<DeliveryResponse> {
  const { body } = await dispatch.ask(administrator, `/api/v1/subscriptions/${id}/deliveries/${position}`);
  return body as unknown as DeliveryResponse;
}

const post = (id: string, what: string, body?: object) =>
  dispatch.post(administrator, `/api/v1/subscriptions/${id}/${what}`, body);

describe('an endpoint that fails', () => {
  it('is tried again at the times of the schedule, always with the same id, and then no more', async () => {
    receiver.answering = status(500);
    const { id } = await subscribe(dispatch, receiver.url);
    await told(1);
    for (const [tries, delay] of retryDelays.entries()) {
      if (tries > 0) {
        const { nextAttemptAt } = await delivery(id, 1);
        const wait = Date.parse(nextAttemptAt ?? '') - clock.now();
        expect([wait >= delay, wait <= delay * 1.2 + 1]).toEqual([true, true]);
        clock.moveTo(clock.now() + wait - 1);
        await pause(60);
        expect(receiver.messages).toHaveLength(tries);
        clock.moveTo(clock.now() + 1);
      }
      await until(async () => (await delivery(id, 1)).attempts?.length === tries + 1);
      // The breaker's pause lies within the schedule's.
      const heldUntil = (await show(id))['heldUntil'];
      if (typeof heldUntil === 'string') expect(Date.parse(heldUntil) - clock.now()).toBeLessThanOrEqual(360_000);
    }
    expect(await delivery(id, 1)).toMatchObject({
      state: 'failed',
      tries: 10,
      attempts: expect.arrayContaining([
        expect.objectContaining({ status: 500, answer: 'because', failure: 'it answered 500', failureCode: 'status' }),
      ]) as object,
    });
    clock.moveTo(clock.now() + 30 * hour);
    await pause(100);
    expect(new Set(receiver.messages.map(({ headers }) => headers['webhook-id']))).toHaveProperty('size', 1);
    expect(receiver.messages).toHaveLength(10);

    receiver.answering = status(200);
    const since = new Date(begun - 24 * hour).toISOString();
    expect((await post(id, 'replays', { what: 'undelivered', since, until: '2100-01-01T00:00:00Z' })).status).toBe(201);
    await until(async () => (await delivery(id, 1)).state === 'delivered');
    expect(receiver.numbers).toEqual(Array.from({ length: 11 }, () => 1));
    const read = async (what: string) =>
      (await dispatch.ask(administrator, `/api/v1/subscriptions/${id}/${what}`)).body;
    expect(await read('replays')).toMatchObject({
      items: [{ what: 'undelivered', state: 'done', queued: 1, left: 0 }],
    });
    const { days } = (await read('usage')) as unknown as { days: Record<string, number>[] };
    const sum = (of: string): number => days.reduce((all, day) => all + (day[of] ?? 0), 0);
    expect([days.length, sum('delivered'), sum('failed'), sum('attempts'), sum('failedAttempts')]).toEqual([
      14, 1, 0, 11, 10,
    ]);
  });

  it('gets as much time as it asks for', async () => {
    receiver.answering = status(429, { 'retry-after': '1800' });
    const { id } = await subscribe(dispatch, receiver.url);
    await told(1);
    await until(async () => (await delivery(id, 1)).attempts?.length === 1);
    await until(async () => (await show(id))['heldUntil'] !== undefined);
    expect(Date.parse((await delivery(id, 1)).nextAttemptAt ?? '')).toBe(begun + 1_800_000);
    receiver.answering = status(204);
    clock.moveTo(begun + 1_799_999);
    await pause(80);
    expect(receiver.messages).toHaveLength(1);
    clock.moveTo(begun + 1_800_000);
    await until(() => receiver.messages.length === 2);
  });

  it('is left alone after five failures in a row, and tried with one message at a time', async () => {
    receiver.answering = status(503);
    const { id } = await subscribe(dispatch, receiver.url);
    await told(100);
    await until(async () => (await show(id))['heldUntil'] !== undefined);
    await pause(100);
    const before = receiver.messages.length;
    expect(before).toBeLessThanOrEqual(32);
    clock.moveTo(clock.now() + 6_001);
    await until(() => receiver.messages.length > before);
    await pause(100);
    expect(receiver.messages).toHaveLength(before + 1);
    receiver.answering = status(204);
    clock.moveTo(clock.now() + 400_000);
    await until(() => new Set(receiver.positions).size === 100);
    await until(async () => (await show(id))['failures'] === 0 && (await show(id))['pending'] === 0);
  });

  it('is disabled with a notice when it answers 410, and goes on where it stopped', async () => {
    receiver.answering = status(410);
    const { id } = await subscribe(dispatch, receiver.url);
    await told(1);
    await until(async () => (await show(id))['state'] === 'disabled');
    expect(await show(id)).toMatchObject({
      disabledReason: 'gone',
      notices: [{ code: 'disabled_gone' }, { code: 'proven' }, { code: 'created' }],
    });
    await told(9);
    receiver.answering = status(204);
    clock.moveTo(clock.now() + hour);
    await pause(100);
    expect(receiver.messages).toHaveLength(1);
    expect((await post(id, 'resumption')).body).toMatchObject({ state: 'active' });
    await until(() => new Set(receiver.positions).size === 10);
  });

  it('does not disable the one that has come in its stead', async () => {
    let answer = (): void => undefined;
    receiver.answering = (_message, response) => {
      answer = () => void response.writeHead(410).end();
    };
    const { id } = await subscribe(dispatch, receiver.url);
    await told(1);
    await until(() => receiver.messages.length === 1);
    const other = await receive();
    expect((await post(id, 'details', { url: other.url })).status).toBe(200);
    clock.moveTo(clock.now() + 3_000);
    expect((await post(id, 'proof')).status).toBe(200);
    answer();
    await told(1);
    await until(() => new Set(other.positions).has(2));
    expect(await show(id)).toMatchObject({ state: 'active', failures: 0 });
  });

  it('is disabled with a notice after a week of failures', async () => {
    receiver.answering = status(500);
    const { id } = await subscribe(dispatch, receiver.url);
    await told(6);
    await until(async () => (await show(id))['failures'] === 5);
    clock.moveTo(begun + 7 * 24 * hour);
    await until(async () => (await show(id))['state'] === 'disabled');
    expect(await show(id)).toMatchObject({
      disabledReason: 'failing',
      notices: [{ code: 'disabled_failing' }, {}, {}],
    });
  });
});

describe('an endpoint that misbehaves', () => {
  const misbehaving: Record<string, Answering> = {
    hangs: () => undefined,
    'sends its answer without end': (_message, response) => {
      response.writeHead(500);
      const send = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', send);
      send();
    },
    'resets the connection': (_message, _response, request) => request.socket.resetAndDestroy(),
    'sends heads without end': (_message, response, request) => {
      request.socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1_000_000)}`);
      response.on('error', () => undefined);
    },
  };

  it.each(Object.entries(misbehaving))(
    'that %s delays nobody else, and its deliveries stay',
    async (_name, answering) => {
      const other = await receive();
      receiver.answering = answering;
      const bad = await subscribe(dispatch, receiver.url);
      const good = await subscribe(dispatch, other.url);
      await told(300);
      await until(() => other.messages.length === 300);
      await until(async () => (await delivery(bad.id, 1)).attempts?.length >= 1);
      const { attempts, state } = await delivery(bad.id, 1);
      expect(state).toBe('pending');
      expect(attempts[0]?.failure).toEqual(expect.any(String));
      expect((attempts[0]?.answer ?? '').length).toBeLessThanOrEqual(300);
      expect(await show(good.id)).toMatchObject({ failures: 0 });
    },
  );
});

describe('in order', () => {
  it('what happens to one truck comes one after the other, whatever fails, and other trucks go on', async () => {
    const refused = new Set<string>();
    receiver.answering = ({ body }, response) => {
      const { id, data } = JSON.parse(body) as { id: string; data: { plate: string } };
      const isRefused = data.plate === 'A' && !refused.has(id);
      if (isRefused) refused.add(id);
      response.writeHead(isRefused ? 500 : 204).end();
    };
    const { id } = await subscribe(dispatch, receiver.url, { ordered: true });
    await told(40, (index) => ({ plate: index % 4 === 0 ? 'A' : `B${index % 4}`, correlationId: `visit ${index}` }));
    await until(async () => {
      clock.moveTo(clock.now() + 7_000);
      await pause(50);
      return new Set(receiver.positions).size === 40;
    }, 50);
    const taken = receiver.messages.map(
      ({ body }) => JSON.parse(body) as { position: string; data: { plate: string } },
    );
    for (const plate of ['A', 'B1', 'B2', 'B3']) {
      const positions = taken.filter(({ data }) => data.plate === plate).map(({ position }) => Number(position));
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
      expect(new Set(positions).size).toBe(10);
    }
    await until(async () => {
      clock.moveTo(clock.now() + 7_000);
      return (await show(id))['pending'] === 0;
    });
  });
});

describe('several processes', () => {
  it('share the work, and take over what one of them had in hand', async () => {
    const other = await ground.start({
      clock,
      webhooks: loopback,
      delivery: { lookEvery: 20, within: 2_000, lease: 4_000 },
    });
    const { id } = await subscribe(dispatch, receiver.url);
    await told(1_500);
    await until(() => receiver.messages.length >= 1_500);
    expect(receiver.numbers.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 1_500 }, (_none, index) => index + 1),
    );
    // As one that was killed leaves it.
    const admin = await ground.test.open('dispatch');
    await admin.rows(
      `UPDATE dispatch.deliveries SET state = 'pending', leased_by = 'killed', leased_until = clock_timestamp() + interval '1 second'
       WHERE subscription_id = $1 AND position <= 20`,
      [id],
    );
    await until(() => receiver.messages.length >= 1_520);
    expect(new Set(receiver.messages.map(({ headers }) => headers['webhook-id'])).size).toBe(1_500);
    expect(other.faults).toEqual([]);
  });
});

describe('what was delivered', () => {
  it('is delivered again one by one or for a time, with the same id and number', async () => {
    const { id } = await subscribe(dispatch, receiver.url, { filter: { types: ['yizhan.visit.*'] } });
    await told(20);
    await until(async () => (await show(id))['pending'] === 0 && receiver.messages.length === 20);
    expect((await post(id, 'deliveries/7/redelivery')).body).toMatchObject({ position: '7' });
    await until(() => receiver.messages.length === 21);
    expect(receiver.messages[20]?.headers['webhook-id']).toBe((await delivery(id, 7)).webhookId);
    expect((await post(id, 'deliveries/21/redelivery')).body).toMatchObject({ code: 'DELIVERY.NOT_FOUND' });

    const day = 24 * hour;
    const replay = {
      what: 'all',
      since: '2020-01-01T00:00:00Z',
      until: new Date(Date.parse('2100-01-01')).toISOString(),
    };
    expect((await post(id, 'replays', replay)).status).toBe(201);
    await until(() => receiver.messages.length === 41);
    expect(new Set(receiver.numbers).size).toBe(20);
    await until(async () => {
      const { body } = await dispatch.ask(administrator, `/api/v1/subscriptions/${id}/replays`);
      return (body as unknown as { items: { state: string }[] }).items[0]?.state === 'done';
    });
    const tooOld = { what: 'undelivered', since: new Date(begun - 15 * day).toISOString() };
    expect((await post(id, 'replays', tooOld)).body).toMatchObject({ code: 'REPLAY.TOO_OLD' });
  });

  it('was skipped on request, and is recovered with numbers that follow', async () => {
    const { id } = await subscribe(dispatch, receiver.url);
    await told(3);
    await until(() => receiver.messages.length === 3);
    await post(id, 'pause');
    await told(4);
    await post(id, 'resumption', { from: 'now' });
    await told(2);
    await until(() => receiver.messages.length === 5);
    expect(receiver.positions.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 8, 9]);
    const until2100 = { until: '2100-01-01T00:00:00Z' };
    await post(id, 'replays', { what: 'undelivered', since: new Date(begun - hour).toISOString(), ...until2100 });
    await until(() => receiver.messages.length === 9);
    expect(receiver.numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('is forgotten after a fortnight', async () => {
    const { id } = await subscribe(dispatch, receiver.url);
    await told(3);
    await until(async () => (await show(id))['pending'] === 0 && receiver.messages.length === 3);
    clock.moveTo(begun + 15 * 24 * hour);
    await until(async () => (await delivery(id, 1)).state === undefined);
  });
});
