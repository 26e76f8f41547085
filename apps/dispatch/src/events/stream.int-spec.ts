import type { Claims } from '@yizhan/identity';
import type { EventStreamClient } from '../../../../test/support/event-stream-client.js';
import { feedEvent } from '../../../../test/support/feed-events.js';
import { externalMemoryInUse } from '../../../../test/support/external-memory-in-use.js';
import {
  type DispatchGround,
  type DispatchProcess,
  openDispatchGround,
} from '../../../../test/support/start-dispatch.js';
import { LiveStreams } from './live-streams.js';
import { LogTail } from './log-tail.js';

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

async function tell(count: number, padding = 0, isRung = true): Promise<void> {
  for (let left = count; left > 0; left -= 500) {
    const some = Array.from({ length: Math.min(left, 500) }, () => feedEvent('visit.queued', { padding }));
    await ground.write(some);
  }
  await ground.sequence(isRung);
}

const documents = (stream: EventStreamClient): string[] => stream.events.map(({ data }) => data);

describe('a live stream', () => {
  it('begins at the head, and says so before the first event', async () => {
    await tell(3);
    const stream = await dispatch.follow(administrator);
    expect(stream.lastEventId).toBe('3');
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-content-type-options': 'nosniff',
    });
    await tell(2, 4);
    await stream.until(() => stream.events.length >= 2);
    const log = await ground.log();
    expect(stream.events).toEqual([
      { id: '4', event: 'yizhan.visit.queued.v1', data: log[3] },
      { id: '5', event: 'yizhan.visit.queued.v1', data: log[4] },
    ]);
    stream.cut();
  });

  it('replays from a position, then goes on live', async () => {
    await tell(700);
    const [all, some] = [
      await dispatch.follow(administrator, '?after=0'),
      await dispatch.follow(administrator, '', '650'),
    ];
    await some.until(() => some.events.length >= 50);
    await tell(30);
    for (const stream of [all, some]) await stream.until(() => stream.lastEventId === '730');
    const log = await ground.log();
    expect(documents(all)).toEqual(log);
    expect(documents(some)).toEqual(log.slice(650));
    for (const stream of [all, some]) stream.cut();
  });

  it('takes the id of a reconnecting client rather than the position that it first asked for', async () => {
    await tell(10);
    const stream = await dispatch.follow(administrator, '?after=2', '8');
    await stream.until(() => stream.events.length >= 2);
    expect(stream.events.map(({ id }) => id)).toEqual(['9', '10']);
    stream.cut();
  });

  it('is sent at once what the bell has told of', async () => {
    const stream = await dispatch.follow(administrator);
    const begun = performance.now();
    for (let turn = 1; turn <= 15; turn += 1) {
      await tell(1);
      await stream.until(() => stream.events.length === turn);
    }
    // Looking once a second would take 14 s at least.
    expect(performance.now() - begun).toBeLessThan(12_000);
    stream.cut();
  });

  it('finds within about a second what no bell has told of', async () => {
    const stream = await dispatch.follow(administrator);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await tell(1, 0, false);
    await stream.until(() => stream.events.length === 1, 10_000);
    stream.cut();
  });

  it.each([
    ['?after=x', '', { errors: [{ field: 'after', faults: expect.anything() as unknown }] }],
    ['', '4 711', { field: 'Last-Event-ID' }],
    ['', '4711', { field: 'Last-Event-ID', code: 'FEED.AHEAD_OF_LOG' }],
    ['?after=1', '', { field: 'after', code: 'FEED.AHEAD_OF_LOG' }],
    ['?types=yizhan.visit.gone.v1', '', { field: 'types', code: 'FILTER.NO_SUCH_TYPE' }],
    ['?limit=5', '', { errors: [{ field: 'limit', faults: ['is not a field of this request'] }] }],
  ])('is refused for %s, id %s', async (query, id, problem) => {
    const refused = await refusal(dispatch.follow(administrator, query, id));
    expect(refused).toMatch(/^400: /);
    expect(JSON.parse(refused.slice(5))).toMatchObject(problem);
  });

  it('gives its head alone to HEAD, which would wait for ever', async () => {
    const head = await dispatch.ask(administrator, '/api/v1/events/stream', 'HEAD');
    expect(head).toMatchObject({ status: 200, contentType: 'text/event-stream', text: '' });
    expect(dispatch.get(LiveStreams).count).toBe(0);
  });

  it('ends with the token', async () => {
    const stream = await dispatch.follow(administrator, '', '', 2);
    await stream.ended();
    expect(dispatch.get(LiveStreams).count).toBe(0);
  });
});

it('resumed 50 times at random positions gives the log, under writing and on two processes', async () => {
  const other = await ground.start();
  const sequencing = ground.sequenceOn();
  const total = 3_000;
  const writing = (async () => {
    for (let written = 0; written < total; written += 20) {
      await ground.write(Array.from({ length: 20 }, () => feedEvent('visit.queued', { padding: 30 })));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  const resumed = async (chance: () => number): Promise<string[]> => {
    const seen: string[] = [];
    let last = '0';
    for (let resumption = 0; resumption < 50; resumption += 1) {
      const stream = await (chance() < 0.5 ? dispatch : other).follow(administrator, '', last);
      const most = Math.min(total, Math.ceil((total / 50) * (resumption + 2 * chance())));
      await stream.until(() => Number(stream.lastEventId) >= most);
      stream.cut();
      seen.push(...documents(stream));
      last = stream.lastEventId ?? last;
    }
    const stream = await dispatch.follow(administrator, '', last);
    await stream.until(() => stream.lastEventId === String(total));
    stream.cut();
    return [...seen, ...documents(stream)];
  };
  const clients = [1, 2, 3].map((seed) => resumed(seeded(seed)));
  await writing;
  await sequencing.stop();
  const log = await ground.log();
  expect(log).toHaveLength(total);
  for (const client of clients) expect(await client).toEqual(log);
}, 120_000);

it('keeps little for a client that stops reading, delays nobody for it, and lets it go on where it stood', async () => {
  const streams = dispatch.get(LiveStreams);
  const [stalled, reading] = [await dispatch.follow(administrator), await dispatch.follow(administrator)];
  stalled.pause();
  let [mostWaiting, slowest] = [0, 0];
  const total = 7_000;
  const before = await externalMemoryInUse();
  for (let written = 0; written < total; written += 500) {
    await tell(500, 1_000);
    const committed = performance.now();
    await reading.until(() => reading.events.length >= written + 500);
    slowest = Math.max(slowest, performance.now() - committed);
    mostWaiting = Math.max(mostWaiting, streams.waitingBytes);
    // What the test itself keeps is not what is measured.
    reading.events.splice(0, reading.events.length, ...reading.events.map((event) => ({ ...event, data: '' })));
  }
  const kept = (await externalMemoryInUse()) - before;
  const log = await ground.log();
  expect(log.reduce((bytes, document) => bytes + Buffer.byteLength(document), 0)).toBeGreaterThan(20_000_000);
  expect(mostWaiting).toBeGreaterThan(0);
  expect(mostWaiting).toBeLessThan(1_000_000);
  // The client that is stalled is cut after a minute.
  expect(slowest).toBeLessThan(5_000);
  expect(kept).toBeLessThan(5_000_000);
  stalled.resume();
  await stalled.until(() => stalled.events.length >= total, 60_000);
  expect(documents(stalled)).toEqual(log);
  for (const stream of [stalled, reading]) stream.cut();
}, 180_000);

it('reads the log once for all who follow it', async () => {
  const tail = dispatch.get(LogTail);
  const streams = await Promise.all(Array.from({ length: 20 }, () => dispatch.follow(administrator)));
  await new Promise((resolve) => setTimeout(resolve, 200));
  const read = jest.spyOn(tail, 'read');
  for (let turn = 1; turn <= 10; turn += 1) {
    await tell(1);
    for (const stream of streams) await stream.until(() => stream.events.length === turn);
  }
  // Twice a turn where the bell is heard while it reads, and once a second besides.
  expect(read.mock.calls.length).toBeLessThan(40);
  for (const stream of streams) stream.cut();
  await waitFor(() => tail.head === undefined);
  expect(dispatch.get(LiveStreams).count).toBe(0);
});

it('ends every stream when the process goes down, also one that is not read, so that clients go on elsewhere', async () => {
  const other = await ground.start();
  const stalled = await dispatch.follow(administrator);
  stalled.pause();
  const live = await Promise.all(Array.from({ length: 5 }, () => dispatch.follow(administrator)));
  await tell(3_000, 1_000);
  for (const stream of live) await stream.until(() => stream.events.length >= 3_000);
  const begun = performance.now();
  await dispatch.stop();
  expect(performance.now() - begun).toBeLessThan(10_000);
  for (const stream of live) await stream.ended();
  await tell(5);
  const again = await other.follow(administrator, '', live[0].lastEventId);
  await again.until(() => again.events.length === 5);
  expect([...documents(live[0]), ...documents(again)]).toEqual(await ground.log());
  again.cut();
});

it('ends streams that are not read too, and begins no other, once it is told that the process goes down', async () => {
  const stalled = await dispatch.follow(administrator);
  stalled.pause();
  const streams = dispatch.get(LiveStreams);
  for (let turn = 0; turn < 20 && streams.waitingBytes === 0; turn += 1) await tell(1_000, 1_000);
  expect(streams.waitingBytes).toBeGreaterThan(0);
  streams.endAll();
  await waitFor(() => streams.count === 0, 10_000);
  expect(await refusal(dispatch.follow(administrator))).toMatch(/^503: .*SERVICE\.STOPPING/);
});

const refusal = (following: Promise<EventStreamClient>): Promise<string> =>
  following.then(
    () => 'a stream',
    (error: Error) => error.message,
  );

async function waitFor(isSo: () => boolean, milliseconds = 5_000): Promise<void> {
  const begun = performance.now();
  while (!isSo()) {
    if (performance.now() - begun > milliseconds) throw new Error('it never came to be so');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Park and Miller's generator: the same seed, the same chances. */
function seeded(seed: number): () => number {
  let state = seed * 48_271;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
