import { Validator } from '@seriousme/openapi-schema-validator';
import type { YizhanEvent } from '@yizhan/contracts';
import { buildOpenApi } from '@yizhan/http';
import type { Claims } from '@yizhan/identity';
import { feedEvent } from '../../../../test/support/feed-events.js';
import {
  type DispatchGround,
  type DispatchProcess,
  openDispatchGround,
} from '../../../../test/support/start-dispatch.js';
import { ReadFeed } from './read-feed.js';

type Who = Omit<Claims, 'sub'>;

const administrator: Who = { role: 'administrator' };
let ground: DispatchGround;
let dispatch: DispatchProcess;

beforeEach(async () => {
  ground = await openDispatchGround();
  dispatch = await ground.start();
});
afterEach(async () => {
  expect(dispatch.faults).toEqual([]);
  await ground.close();
});

interface Page {
  readonly events: readonly YizhanEvent[];
  readonly next: string;
  readonly head: string;
}

async function page(who: Who, query = '', of = dispatch): Promise<Page> {
  const { status, body, text } = await of.ask(who, `/api/v1/events${query}`);
  if (status !== 200) throw new Error(text);
  return body as unknown as Page;
}

const positions = ({ events }: Page): number[] => events.map(({ position }) => Number(position));

async function told(count: number, facts: (index: number) => Parameters<typeof feedEvent>[1] = () => ({})) {
  await ground.write(Array.from({ length: count }, (_none, index) => feedEvent('visit.queued', facts(index))));
  await ground.sequence();
}

describe('a page of the feed', () => {
  it('holds the documents letter by letter, in the order of the log', async () => {
    await told(7, () => ({ padding: 3 }));
    const { text, contentType } = await dispatch.ask(administrator, '/api/v1/events?limit=5');
    const log = await ground.log();
    expect(contentType).toBe('application/json');
    expect(text).toBe(`{"events":[${log.slice(0, 5).join(',')}],"next":"5","head":"7"}`);
    expect(await page(administrator, '?after=5&limit=5')).toMatchObject({
      events: log.slice(5).map((document) => JSON.parse(document) as object),
      next: '7',
      head: '7',
    });
    expect(await page(administrator, '?after=7')).toEqual({ events: [], next: '7', head: '7' });
  });

  it('of an empty log is empty', async () => {
    expect(await page(administrator)).toEqual({ events: [], next: '0', head: '0' });
  });

  it('moves on past what a filter leaves out', async () => {
    await told(12, (index) => ({ stationCode: index === 2 ? 'PJ' : 'JD', areaCode: index < 6 ? 'jinhua' : 'ningbo' }));
    expect(await page(administrator, '?stations=PJ')).toMatchObject({ events: [{ position: '3' }], next: '12' });
    expect(await page(administrator, '?types=yizhan.visit.called.v1')).toMatchObject({ events: [], next: '12' });
    expect(positions(await page(administrator, '?stations=JD,PJ&areas=ningbo&limit=2'))).toEqual([7, 8]);
    expect(positions(await page(administrator, '?types=yizhan.handoff.*&types=*.queued.v1&limit=1'))).toEqual([1]);
  });

  it('reads no more than 5,000 entries for one answer', async () => {
    await told(6_000);
    const first = await page(administrator, '?types=yizhan.visit.called.v1&wait=30');
    expect(first).toEqual({ events: [], next: '5000', head: '6000' });
    expect(await page(administrator, '?types=yizhan.visit.called.v1&after=5000')).toMatchObject({ next: '6000' });
  });

  it.each([
    ['after=-1', 'after'],
    ['after=1e3', 'after'],
    ['after=', 'after'],
    ['after=1&after=2', 'after'],
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['limit=two', 'limit'],
    ['wait=31', 'wait'],
    ['wait=0.5', 'wait'],
    ['types=Yizhan.*', 'types'],
    ['types=yizhan.*,handoff.*', 'types'],
    ['types=', 'types'],
    ['stations=,', 'stations'],
    ['areas[]=x', 'areas[]'],
    ['colours=x', 'colours'],
  ])('is refused for ?%s with a problem that names the parameter', async (query, field) => {
    const { status, contentType, body } = await dispatch.ask(administrator, `/api/v1/events?${query}`);
    expect({ status, contentType }).toEqual({ status: 400, contentType: 'application/problem+json' });
    expect(body).toMatchObject({ code: 'REQUEST.INVALID', errors: [expect.objectContaining({ field })] });
  });

  it('is refused for a type that no event has: it would be waited for in vain', async () => {
    const { status, body } = await dispatch.ask(administrator, '/api/v1/events?types=yizhan.visit.*,yizhan.visits.*');
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'FILTER.NO_SUCH_TYPE', field: 'types', eventType: 'yizhan.visits.*' });
  });

  it('is refused where the log has not come so far: going on from there would leave events out', async () => {
    await told(3);
    const { status, body } = await dispatch.ask(administrator, '/api/v1/events?after=4&wait=30');
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'FEED.AHEAD_OF_LOG', field: 'after', head: '3' });
  });
});

describe('a long poll', () => {
  it('is answered by the first event that it asks for', async () => {
    await told(2);
    const asked = page(administrator, '?after=2&wait=30&stations=PJ');
    await told(1, () => ({ stationCode: 'JD' }));
    await told(1, () => ({ stationCode: 'PJ' }));
    expect(await asked).toMatchObject({ events: [{ position: '4' }], next: '4', head: '4' });
  });

  it('finds within about a second what no bell has told of', async () => {
    const asked = page(administrator, '?wait=30');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await ground.write([feedEvent('visit.queued')]);
    await ground.sequence(false);
    const begun = performance.now();
    expect(positions(await asked)).toEqual([1]);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('ends empty, past what it has left out, after its time', async () => {
    const asked = page(administrator, '?wait=1&stations=PJ');
    await told(3);
    expect(await asked).toEqual({ events: [], next: '3', head: '3' });
  });

  it('is answered when the process goes down', async () => {
    const asked = page(administrator, '?wait=30');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const begun = performance.now();
    dispatch.get(ReadFeed).endAll();
    expect(await asked).toEqual({ events: [], next: '0', head: '0' });
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

it('misses nothing while many write at once, in pages of any size', async () => {
  const writers = 8;
  const each = 40;
  const sequencing = ground.sequenceOn();
  const writing = Array.from({ length: writers }, async (_none, writer) => {
    for (let turn = 0; turn < each; turn += 1) {
      const count = 1 + ((writer + turn) % 4);
      await ground.write(
        Array.from({ length: count }, () => feedEvent('visit.queued', { subject: `visit/${writer}`, padding: 20 })),
      );
    }
  });
  let isWritten = false;
  const read = async (limit: number, wait: number): Promise<string[]> => {
    const documents: string[] = [];
    for (let next = '0'; ;) {
      const isLast = isWritten;
      const answer = await page(administrator, `?after=${next}&limit=${limit}&wait=${wait}`);
      documents.push(...answer.events.map((event) => JSON.stringify(event)));
      next = answer.next;
      if (isLast && answer.next === answer.head) return documents;
    }
  };
  const readers = [read(1, 0), read(7, 1), read(100, 1), read(500, 0)];
  await Promise.all(writing);
  await sequencing.stop();
  isWritten = true;
  const log = (await ground.log()).map((document) => JSON.stringify(JSON.parse(document)));
  expect(log.length).toBe(writers * each * 2.5);
  for (const reader of readers) expect(await reader).toEqual(log);
});

describe('who sees what', () => {
  const plainlyHis = (who: Who, event: YizhanEvent): boolean => {
    const { stationCode } = event.data as { stationCode?: string };
    if (who.role === 'administrator') return true;
    if (who.role === 'command_centre') return who.areas!.includes(event.partitionkey);
    if (who.role === 'carrier') return event.carrierid === who.carrierId;
    return stationCode !== undefined && who.stations!.includes(stationCode);
  };

  it.each<Who>([
    administrator,
    { role: 'command_centre', areas: ['jinhua'] },
    { role: 'operator', stations: ['JD', 'NB'] },
    { role: 'shift_lead', stations: ['PJ'] },
    { role: 'carrier', carrierId: 'shunfa' },
    { role: 'carrier', carrierId: 'nobody' },
  ])('$role: only his events, whatever he asks for', async (who) => {
    await told(60, (index) => ({
      areaCode: index % 2 === 0 ? 'jinhua' : 'ningbo',
      ...(index % 3 === 0 ? {} : { stationCode: ['JD', 'PJ', 'NB'][(index % 7) % 3] }),
      ...(index % 5 === 0 ? {} : { carrierId: ['shunfa', 'other'][(index % 5) % 2] }),
    }));
    const all = (await ground.log()).map((document) => JSON.parse(document) as YizhanEvent);
    const his = all.filter((event) => plainlyHis(who, event));
    expect((await page(who)).events).toEqual(his);
    expect((await page(who, '?types=*')).events).toEqual(his);
    expect((await page(who, '?after=30&limit=500')).events).toEqual(
      his.filter(({ position }) => Number(position) > 30),
    );
    const stream = await dispatch.follow(who, '?after=0');
    await stream.until(() => stream.events.length >= his.length);
    expect(stream.events.map(({ data }) => JSON.parse(data) as unknown)).toEqual(his);
    stream.cut();
  });

  it.each<Who>([
    { role: 'driver', driverId: 'R1' },
    { role: 'enterprise', enterpriseId: 'E1' },
  ])('$role: nothing for now', async (who) => {
    for (const path of ['/api/v1/events', '/api/v1/events/stream']) {
      expect(await dispatch.ask(who, path)).toMatchObject({ status: 403, body: { code: 'IDENTITY.ROLE_NOT_ALLOWED' } });
    }
  });

  it.each<[Who, string]>([
    [{ role: 'operator', stations: ['JD'] }, '?stations=PJ'],
    [{ role: 'command_centre', areas: ['jinhua'] }, '?areas=ningbo'],
  ])('%j may not ask for %s by name', async (who, query) => {
    for (const path of ['/api/v1/events', '/api/v1/events/stream']) {
      expect(await dispatch.ask(who, `${path}${query}`)).toMatchObject({ status: 403 });
    }
  });
});

it('is described in valid OpenAPI', async () => {
  const document = buildOpenApi(dispatch.app, { title: 'Yizhan', version: '0' });
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)) as never);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  const filters = ['after', 'types', 'stations', 'areas', 'plates', 'consignments', 'references'];
  const parameters = (path: string) => document.paths[path].get?.parameters?.map((each) => 'name' in each && each.name);
  expect(parameters('/api/v1/events')).toEqual([...filters, 'limit', 'wait']);
  expect(parameters('/api/v1/events/stream')).toEqual([...filters, 'Last-Event-ID']);
});
