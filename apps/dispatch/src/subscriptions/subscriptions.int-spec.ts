import { ManualClock } from '@yizhan/kernel';
import { Webhook } from 'standardwebhooks';
import { feedEvent } from '../../../../test/support/feed-events.js';
import {
  type DispatchGround,
  type DispatchProcess,
  openDispatchGround,
} from '../../../../test/support/start-dispatch.js';
import { administrator, loopback, subscribe, tell, until } from '../../../../test/support/subscribing.js';
import { WebhookReceiver } from '../../../../test/support/webhook-receiver.js';

const shunfa = { role: 'carrier', carrierId: 'shunfa' } as const;
const other = { role: 'carrier', carrierId: 'other' } as const;
const root = '/api/v1/subscriptions';
const hour = 3_600_000;

let ground: DispatchGround;
let dispatch: DispatchProcess;
let receiver: WebhookReceiver;
let clock: ManualClock;

beforeEach(async () => {
  clock = new ManualClock(Date.parse('2026-03-02T00:00:00.000Z'));
  ground = await openDispatchGround();
  dispatch = await ground.start({ clock, webhooks: loopback, delivery: { lookEvery: 20, within: 2_000 } });
  receiver = await WebhookReceiver.open();
});
afterEach(async () => {
  expect(dispatch.faults).toEqual([]);
  await ground.close();
  await receiver.close();
});

const told = (count: number, facts?: Parameters<typeof tell>[2]) => tell(ground, count, facts);

const plain = (answer: { body: unknown }): Record<string, unknown> => answer.body as Record<string, unknown>;

describe('a subscription', () => {
  it('is sent nothing before its endpoint has sent a challenge back, and then everything since it was made', async () => {
    const made = await dispatch.post(shunfa, root, { url: receiver.url });
    expect(made).toMatchObject({
      status: 201,
      body: { position: '0', secret: expect.stringMatching(/^whsec_/) as string },
    });
    const { subscriptionId: id, secret } = plain(made) as { subscriptionId: string; secret: string };
    await told(3, () => ({ carrierId: 'shunfa' }));
    expect(plain(await dispatch.post(shunfa, `${root}/${id}/test`))).toMatchObject({ code: 'SUBSCRIPTION.STATE' });
    const silent = await WebhookReceiver.open();
    await dispatch.post(shunfa, `${root}/${id}/details`, { url: silent.url.replace('/hooks', '/elsewhere') });
    await silent.close();
    const refused = await dispatch.post(shunfa, `${root}/${id}/proof`);
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'SUBSCRIPTION.NOT_PROVEN', attempt: { failure: 'the connection was refused' } },
    });
    await dispatch.post(shunfa, `${root}/${id}/details`, { url: receiver.url });
    clock.moveTo(clock.now() + 3_000);
    expect(receiver.messages).toEqual([]);
    expect(plain(await dispatch.post(shunfa, `${root}/${id}/proof`))).toEqual({ subscriptionId: id, state: 'active' });
    await until(() => receiver.messages.length === 3);
    const [challenge] = receiver.probes;
    expect(new Webhook(secret).verify(challenge?.body ?? '', { ...challenge?.headers })).toMatchObject({
      type: 'yizhan.subscription.challenged.v1',
      data: { subscriptionId: id },
    });
  });

  it('is not proven by whoever answers 200 to everything', async () => {
    const { createServer } = await import('node:http');
    const server = createServer((_request, response) => void response.end('{"ok":true}'));
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    const made = plain(await dispatch.post(shunfa, root, { url: `http://127.0.0.1:${port}/` }));
    const proof = await dispatch.post(shunfa, `${root}/${String(made['subscriptionId'])}/proof`);
    expect(plain(proof)).toMatchObject({ code: 'SUBSCRIPTION.NOT_PROVEN', attempt: { status: 200 } });
    server.closeAllConnections();
    server.close();
  });

  it('is made once however often it is asked for, and its secret is shown once', async () => {
    const first = plain(await dispatch.post(shunfa, root, { url: receiver.url }, 'one'));
    const again = plain(await dispatch.post(shunfa, root, { url: receiver.url }, 'one'));
    expect(again).toEqual({ ...first, secret: null });
    const another = await dispatch.post(shunfa, root, { url: `${receiver.url}/2` }, 'one');
    expect(another).toMatchObject({ status: 422, body: { code: 'REQUEST.KEY_REUSED' } });
    const list = await dispatch.ask(shunfa, root);
    expect(list.body).toMatchObject({
      items: [{ subscriptionId: first['subscriptionId'], state: 'unproven' }],
      next: null,
    });
    const { id, secret } = await subscribe(
      dispatch,
      receiver.url,
      { headers: [{ name: 'X-Tenant', value: 'hidden' }] },
      shunfa,
    );
    const shown = (await dispatch.ask(shunfa, `${root}/${id}`)).text;
    expect(shown).toContain('"headerNames":["x-tenant"]');
    const rows = JSON.stringify(
      await (await ground.test.open('dispatch')).rows('SELECT * FROM dispatch.subscriptions'),
    );
    for (const text of [shown, rows]) {
      expect(text).not.toContain('hidden');
      expect(text).not.toContain(secret.slice(6, 30));
    }
  });

  it('signs with both secrets for a day after a rotation', async () => {
    const { id, secret } = await subscribe(dispatch, receiver.url, {}, shunfa);
    const rotated = plain(await dispatch.post(shunfa, `${root}/${id}/secret`, {}));
    expect(rotated['previousUntil']).toBe('2026-03-03T00:00:00.000Z');
    const newer = String(rotated['secret']);
    expect(await dispatch.post(shunfa, `${root}/${id}/secret`, {})).toMatchObject({
      status: 409,
      body: { code: 'SUBSCRIPTION.ROTATING' },
    });
    const verified = (): boolean[] => {
      const { body = '', headers = {} } = receiver.messages.at(-1) ?? {};
      return [secret, newer].map((each) => {
        try {
          return Boolean(new Webhook(each).verify(body, { ...headers }));
        } catch {
          // It is not signed with this one.
          return false;
        }
      });
    };
    await told(1, () => ({ carrierId: 'shunfa' }));
    await until(() => receiver.messages.length === 1);
    expect(verified()).toEqual([true, true]);
    clock.moveTo(clock.now() + 24 * hour);
    await told(1, () => ({ carrierId: 'shunfa' }));
    await until(() => receiver.messages.length === 2);
    expect(verified()).toEqual([false, true]);
    expect(plain(await dispatch.post(shunfa, `${root}/${id}/secret`, { overlapHours: 0 }))['previousUntil']).toBeNull();
  });

  it('sends a test and the headers that were asked for', async () => {
    const headers = [{ name: 'Authorization', value: 'Bearer gateway' }];
    const { id } = await subscribe(dispatch, receiver.url, { headers }, shunfa);
    clock.moveTo(clock.now() + 3_000);
    expect(plain(await dispatch.post(shunfa, `${root}/${id}/test`))).toMatchObject({ status: 200 });
    expect(receiver.probes.at(-1)?.headers).toMatchObject({ authorization: 'Bearer gateway' });
    expect(plain(await dispatch.post(shunfa, `${root}/${id}/test`))).toMatchObject({ code: 'SUBSCRIPTION.TOO_SOON' });
  });

  it('stops when it is paused, and ends with all that is kept of it', async () => {
    const { id } = await subscribe(dispatch, receiver.url, {}, shunfa);
    await dispatch.post(shunfa, `${root}/${id}/pause`);
    await told(2, () => ({ carrierId: 'shunfa' }));
    await new Promise((done) => setTimeout(done, 200));
    expect(receiver.messages).toEqual([]);
    await dispatch.post(shunfa, `${root}/${id}/resumption`);
    await until(() => receiver.messages.length === 2);
    expect((await dispatch.post(shunfa, `${root}/${id}/deletion`)).status).toBe(200);
    expect((await dispatch.ask(shunfa, `${root}/${id}`)).status).toBe(404);
    await expect(ground.keystore.find(`subscription:${id}`)).rejects.toThrow();
  });

  it('takes no more a second than it has asked for', async () => {
    await subscribe(dispatch, receiver.url, { perSecond: 20 }, shunfa);
    const begun = performance.now();
    await told(60, () => ({ carrierId: 'shunfa' }));
    await until(() => receiver.messages.length === 60);
    // A second's worth at once, then so many each second.
    expect(performance.now() - begun).toBeGreaterThan(1_500);
  });
});

describe('a filter', () => {
  it('knows the truck and the goods of an event that names only its visit', async () => {
    const byPlate = await WebhookReceiver.open();
    const byReference = await WebhookReceiver.open();
    await told(1, () => ({
      plate: '浙G11111',
      correlationId: 'v1',
      consignments: [{ id: 'C1', waybillNo: 'W1' }],
    }));
    await subscribe(dispatch, byPlate.url, { filter: { plates: ['浙G11111'] } });
    await subscribe(dispatch, byReference.url, { filter: { references: ['W1', 'W9'], types: ['*.queued.v1'] } });
    await subscribe(dispatch, receiver.url, { filter: { consignments: ['C2'] } });
    // As the product writes it: who queues is named by his plate, and his goods are not.
    await told(4, (index) => ({
      correlationId: index < 2 ? 'v1' : 'v2',
      ...(index < 3 ? { plate: index < 2 ? '浙G11111' : '浙G2' } : {}),
    }));
    await ground.write([feedEvent('visit.called', { correlationId: 'v1' })]);
    await told(1, () => ({ correlationId: 'v3', consignments: [{ id: 'C2' }] }));
    await until(
      () => byPlate.messages.length === 3 && byReference.messages.length === 2 && receiver.messages.length === 1,
    );
    expect(byPlate.positions.toSorted((a, b) => a - b)).toEqual([2, 3, 6]);
    expect(byReference.positions.toSorted((a, b) => a - b)).toEqual([2, 3]);
    expect(receiver.positions).toEqual([7]);
    await byPlate.close();
    await byReference.close();
  });
});

describe('a carrier', () => {
  it('is told of its own trucks alone, and sees nobody else’s subscription', async () => {
    const theirs = await WebhookReceiver.open();
    const mine = await subscribe(dispatch, receiver.url, {}, shunfa);
    await subscribe(dispatch, theirs.url, {}, other);
    const everybody = await WebhookReceiver.open();
    await subscribe(dispatch, everybody.url);
    await told(30, (index) => (index % 3 === 0 ? {} : { carrierId: index % 3 === 1 ? 'shunfa' : 'other' }));
    await until(
      () => receiver.messages.length === 10 && theirs.messages.length === 10 && everybody.messages.length === 30,
    );
    expect(receiver.messages.every(({ body }) => body.includes('"carrierid":"shunfa"'))).toBe(true);
    expect(receiver.numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const ways = ['', '/deliveries', '/deliveries/2', '/replays'];
    for (const way of ways) expect((await dispatch.ask(other, `${root}/${mine.id}${way}`)).status).toBe(404);
    const acts = ['details', 'proof', 'test', 'secret', 'pause', 'resumption', 'deletion', 'deliveries/2/redelivery'];
    for (const act of acts)
      expect([act, (await dispatch.post(other, `${root}/${mine.id}/${act}`, {})).status]).toEqual([act, 404]);
    expect((await dispatch.ask(other, `${root}?carrierId=shunfa`)).body).toEqual({ items: [], next: null });
    expect((await dispatch.ask(administrator, `${root}?carrierId=shunfa`)).body).toMatchObject({ items: [{}] });
    const foreign = await dispatch.post(other, root, { url: receiver.url, carrierId: 'shunfa' });
    expect(foreign).toMatchObject({ status: 403, body: { code: 'IDENTITY.NOT_YOUR_CARRIER' } });
    await theirs.close();
    await everybody.close();
  });

  it.each(['operator', 'shift_lead', 'driver', 'enterprise', 'command_centre'] as const)(
    'is no %s: he is refused',
    async (role) => {
      const scope = { stations: ['JD'], areas: ['jinhua'], driverId: 'R1', enterpriseId: 'E1' };
      expect((await dispatch.ask({ role, ...scope }, root)).status).toBe(403);
      expect((await dispatch.post({ role, ...scope }, root, { url: receiver.url })).status).toBe(403);
    },
  );

  it('has twenty subscriptions at most', async () => {
    for (let made = 0; made < 20; made += 1) {
      expect((await dispatch.post(shunfa, root, { url: receiver.url })).status).toBe(201);
    }
    expect(await dispatch.post(shunfa, root, { url: receiver.url })).toMatchObject({
      status: 409,
      body: { code: 'SUBSCRIPTION.TOO_MANY' },
    });
  });
});

describe('what cannot be', () => {
  it.each([
    [{}, 'REQUEST.INVALID'],
    [{ url: 'http://example.com/' }, undefined],
    [{ url: 'https://10.0.0.1/' }, 'ENDPOINT.NOT_PUBLIC'],
    [{ url: 'https://a:b@example.com/' }, 'ENDPOINT.USER'],
    [{ url: 'ftp://example.com/' }, 'ENDPOINT.SCHEME'],
    [{ url: 'hooks' }, 'ENDPOINT.NOT_A_URL'],
    [{ headers: [{ name: 'host', value: 'x' }] }, 'REQUEST.INVALID'],
    [{ headers: [{ name: 'x-forwarded-for', value: 'x' }] }, 'SUBSCRIPTION.HEADER'],
    [
      {
        headers: [
          { name: 'x-a', value: 'x' },
          { name: 'X-A', value: 'y' },
        ],
      },
      'SUBSCRIPTION.HEADER',
    ],
    [{ headers: [{ name: 'x-a', value: 'x\r\ny: z' }] }, 'REQUEST.INVALID'],
    [{ filter: { types: ['visit.*'] } }, 'REQUEST.INVALID'],
    [{ filter: { types: ['yizhan.visit.*', 'yizhan.visits.*'] } }, 'FILTER.NO_SUCH_TYPE'],
    [{ filter: { types: [] } }, 'REQUEST.INVALID'],
    [{ filter: { stations: [] } }, 'REQUEST.INVALID'],
    [{ filter: { nothing: [] } }, 'REQUEST.INVALID'],
    [{ perSecond: 0 }, 'REQUEST.INVALID'],
    [{ after: '1' }, 'FEED.AHEAD_OF_LOG'],
  ])('%j is refused', async (wanted, code) => {
    const body = Object.keys(wanted).length === 0 ? {} : { url: receiver.url, ...wanted };
    const answer = await dispatch.post(shunfa, root, body);
    expect([answer.status, answer.body]).toEqual(
      code === undefined ? [201, expect.anything()] : [400, expect.objectContaining({ code })],
    );
  });
});
