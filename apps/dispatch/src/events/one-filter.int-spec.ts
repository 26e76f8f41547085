import type { YizhanEvent } from '@yizhan/contracts';
import { entriesShownTo } from '@yizhan/event-log';
import { Caller, type Claims } from '@yizhan/identity';
import { feedEvent } from '../../../../test/support/feed-events.js';
import {
  type DispatchGround,
  type DispatchProcess,
  openDispatchGround,
} from '../../../../test/support/start-dispatch.js';
import { loopback, subscribe, until } from '../../../../test/support/subscribing.js';
import { WebhookReceiver } from '../../../../test/support/webhook-receiver.js';
import type { EventFilter } from './event-filter.js';

type Who = Omit<Claims, 'sub'>;

const shunfa: Who = { role: 'carrier', carrierId: 'shunfa' };
const administrator: Who = { role: 'administrator' };
const operator: Who = { role: 'operator', stations: ['JD'] };

let ground: DispatchGround;
let dispatch: DispatchProcess;
let receiver: WebhookReceiver;

beforeEach(async () => {
  ground = await openDispatchGround();
  dispatch = await ground.start({ webhooks: loopback, delivery: { lookEvery: 20, within: 2_000 } });
  receiver = await WebhookReceiver.open();
});
afterEach(async () => {
  expect(dispatch.faults).toEqual([]);
  await ground.close();
  await receiver.close();
});

const mine = (correlationId: string) => ({ carrierId: 'shunfa', stationCode: 'JD', correlationId });
const foreign = (correlationId: string) => ({ carrierId: 'other', stationCode: 'JD', correlationId });

/** Two visits of ours and one of another carrier; most of what happens to them names only the visit. */
async function threeVisits(): Promise<void> {
  await ground.write([
    feedEvent('visit.arrived', { ...mine('v1'), plate: '浙A1', consignments: [{ id: 'C1', waybillNo: 'W1' }] }),
    feedEvent('visit.called', mine('v1')),
    feedEvent('visit.arrived', { ...mine('v2'), plate: '浙B2', consignments: [{ id: 'C2', outboundNo: 'O2' }] }),
    feedEvent('visit.called', mine('v2')),
    feedEvent('visit.arrived', { ...foreign('v3'), plate: '浙A1', consignments: [{ id: 'C1', waybillNo: 'W1' }] }),
    feedEvent('visit.called', foreign('v3')),
    feedEvent('cargo.released', mine('v1')),
  ]);
  await ground.sequence();
}

const queryOf = (filter: EventFilter): string =>
  Object.entries(filter)
    .map(([name, values]: [string, readonly string[]]) => `&${name}=${values.map(encodeURIComponent).join(',')}`)
    .join('');

async function pulled(who: Who, filter: EventFilter, limit = 100): Promise<number[]> {
  const found: number[] = [];
  for (let after = '0'; ;) {
    const path = `/api/v1/events?after=${after}&limit=${limit}${queryOf(filter)}`;
    const { status, body, text } = await dispatch.ask(who, path);
    if (status !== 200) throw new Error(text);
    const { events, next, head } = body as unknown as { events: YizhanEvent[]; next: string; head: string };
    found.push(...events.map(({ position }) => Number(position)));
    if (next === head) return found;
    after = next;
  }
}

async function streamed(who: Who, filter: EventFilter, count: number): Promise<number[]> {
  const stream = await dispatch.follow(who, `?after=0${queryOf(filter)}`);
  await stream.until(() => stream.events.length >= count);
  stream.cut();
  return stream.events.map(({ id }) => Number(id));
}

type Shown = Readonly<Record<string, unknown>> & { readonly items: readonly { readonly state: string }[] };

const one = async (id: string, what = ''): Promise<Shown> =>
  (await dispatch.ask(shunfa, `/api/v1/subscriptions/${id}${what}`)).body as unknown as Shown;

async function delivered(who: Who, filter: EventFilter, count: number): Promise<number[]> {
  receiver.messages.length = 0;
  await subscribe(dispatch, receiver.url, { filter, after: '0' }, who);
  await until(() => receiver.messages.length >= count);
  return receiver.messages
    .map(({ body }) => Number((JSON.parse(body) as YizhanEvent).position))
    .toSorted((a, b) => a - b);
}

describe('the same filter on all three ways', () => {
  it.each<[EventFilter, number[], number[]]>([
    [{ plates: ['浙A1'] }, [1, 2, 7], [1, 2, 5, 6, 7]],
    [{ plates: ['浙A1', '浙B2'], types: ['yizhan.visit.called.*'] }, [2, 4], [2, 4, 6]],
    [{ consignments: ['C2'] }, [3, 4], [3, 4]],
    [{ references: ['W1', 'O2'] }, [1, 2, 3, 4, 7], [1, 2, 3, 4, 5, 6, 7]],
    [{ references: ['O2'], plates: ['浙A1'] }, [], []],
    [{ references: ['W1'], stations: ['JD'], types: ['yizhan.cargo.*'] }, [7], [7]],
  ])('%j gives a carrier %j and everybody %j', async (filter, own, all) => {
    await threeVisits();
    for (const [who, expected] of [
      [shunfa, own],
      [administrator, all],
    ] as const) {
      expect(await pulled(who, filter)).toEqual(expected);
      expect(await pulled(who, filter, 1)).toEqual(expected);
      expect(await streamed(who, filter, expected.length)).toEqual(expected);
      expect(await delivered(who, filter, expected.length)).toEqual(expected);
    }
    expect(await pulled(operator, filter)).toEqual(all);
  });

  it('gives what is said of a truck inside, which names only its run, and has it in order with the rest', async () => {
    await threeVisits();
    await ground.write([
      feedEvent('run.opened', { ...mine('v1'), plate: '浙A1', subject: 'run/r1' }),
      feedEvent('run.reached', { ...mine('r1'), subject: 'run/r1' }),
    ]);
    await ground.sequence();
    for (const filter of [{ plates: ['浙A1'] }, { references: ['W1'] }]) {
      const expected = [1, 2, 7, 8, 9];
      expect(await pulled(shunfa, filter)).toEqual(expected);
      expect(await streamed(shunfa, filter, 5)).toEqual(expected);
      expect(await delivered(shunfa, filter, 5)).toEqual(expected);
    }
    const { id } = await subscribe(dispatch, receiver.url, { after: '0', ordered: true }, shunfa);
    await until(async () => (await one(id))['position'] === '9');
    const database = await ground.test.open('dispatch');
    const keys = 'SELECT order_key FROM dispatch.deliveries WHERE subscription_id = $1 AND position = ANY ($2)';
    expect(await database.rows(keys, [id, [1, 8, 9]])).toEqual([1, 8, 9].map(() => ({ order_key: '浙A1' })));
  });

  it('tells live of what names only its visit', async () => {
    await threeVisits();
    const stream = await dispatch.follow(shunfa, `?plates=${encodeURIComponent('浙A1')}`);
    await ground.write([feedEvent('visit.departed', mine('v2')), feedEvent('visit.departed', mine('v1'))]);
    await ground.sequence();
    await stream.until(() => stream.events.length > 0);
    expect(stream.events.map(({ id }) => id)).toEqual(['9']);
    stream.cut();
  });

  it.each([`plates=${'x'.repeat(200)}`, 'consignments=a%20b%0A', 'references='])('refuses %s', async (query) => {
    for (const path of ['/api/v1/events', '/api/v1/events/stream']) {
      expect(await dispatch.ask(shunfa, `${path}?${query}`)).toMatchObject({ status: 400 });
    }
  });
});

describe('row-level security', () => {
  it('shows a carrier no event of another one, whoever asks for it', async () => {
    await threeVisits();
    const database = await ground.test.open('dispatch');
    const all = [1, 2, 3, 4, 5, 6, 7];
    expect([...(await entriesShownTo(database, 'shunfa', all))].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 7]);
    expect([...(await entriesShownTo(database, 'other', all))].toSorted((a, b) => a - b)).toEqual([5, 6]);
    for (const nobody of ['', 'shunf', 'shunfa"', 'nobody', '%'])
      expect([...(await entriesShownTo(database, nobody, all))]).toEqual([]);
  });

  it('holds back what the guard would let through', async () => {
    await threeVisits();
    const guard = jest.spyOn(Caller.prototype, 'maySeeCarrier').mockReturnValue(true);
    expect(await pulled(shunfa, {})).toEqual([1, 2, 3, 4, 7]);
    expect(await pulled(shunfa, { plates: ['浙A1'] })).toEqual([1, 2, 7]);
    expect(await streamed(shunfa, {}, 5)).toEqual([1, 2, 3, 4, 7]);
    expect(guard).toHaveBeenCalled();
    guard.mockRestore();
  });

  it('holds back of webhooks and replays what the guard would let through', async () => {
    await threeVisits();
    const guard = jest.spyOn(Caller.prototype, 'maySeeCarrier').mockReturnValue(true);
    for (const ordered of [false, true]) {
      receiver.messages.length = 0;
      const { id } = await subscribe(dispatch, receiver.url, { after: '0', ordered }, shunfa);
      await until(async () => (await one(id))['position'] === '7');
      const replay = { what: 'all', since: '2020-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z' };
      expect((await dispatch.post(shunfa, `/api/v1/subscriptions/${id}/replays`, replay)).status).toBe(201);
      await until(async () => (await one(id, '/replays')).items[0].state === 'done');
      await until(async () => (await one(id))['pending'] === 0);
      expect(await one(id)).toMatchObject({ lastNumber: 5 });
      expect([...new Set(receiver.positions)].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 7]);
    }
    expect(guard).toHaveBeenCalled();
    guard.mockRestore();
  });
});
