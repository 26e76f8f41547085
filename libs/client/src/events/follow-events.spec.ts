import { followEvents, type FollowSettings } from './follow-events.js';

const event = JSON.stringify({ id: 'e1', position: '1' });
const answers = {
  page: { body: `{"events":[${event}],"next":"1","head":"1"}`, type: 'application/json' },
  stream: { body: `id: 1\ndata: ${event}\n\n`, type: 'text/event-stream' },
};
const asked: URL[] = [];
const settings: FollowSettings = { address: 'http://yizhan', token: 'token', after: '0', retryAfter: 1 };

beforeEach(() => {
  asked.length = 0;
  jest.spyOn(globalThis, 'fetch').mockImplementation((input) => {
    const url = new URL(input instanceof Request ? input.url : input);
    asked.push(url);
    const { body, type } = url.pathname.endsWith('/stream') ? answers.stream : answers.page;
    return Promise.resolve(new Response(body, { headers: { 'content-type': type } }));
  });
});
afterEach(() => jest.restoreAllMocks());

it('ends with what onPosition throws: no event goes on after a position that was not kept', async () => {
  const interruptions: unknown[] = [];
  const given: string[] = [];
  const follow = async (): Promise<void> => {
    const events = followEvents({
      ...settings,
      onPosition: () => Promise.reject(new Error('no room')),
      onInterruption: (error) => interruptions.push(error),
    });
    for await (const { position } of events) given.push(position);
  };
  await expect(follow()).rejects.toThrow('no room');
  expect([given, interruptions]).toEqual([['1'], []]);
});

it.each(['pull', 'stream'] as const)('asks by %s for all that a filter can say', async (by) => {
  const filter = {
    types: ['yizhan.visit.*'],
    stations: ['JD'],
    areas: ['jinhua'],
    plates: ['浙A1', '浙B2'],
    consignments: ['C1'],
    references: ['W1'],
  };
  const stop = new AbortController();
  const onInterruption = (): void => stop.abort();
  for await (const { id } of followEvents({ ...settings, ...filter, by, signal: stop.signal, onInterruption })) {
    expect(id).toBe('e1');
    stop.abort();
  }
  const [{ searchParams }] = asked;
  for (const [name, values] of Object.entries(filter)) {
    expect([name, searchParams.getAll(name).flatMap((each) => each.split(','))]).toEqual([name, values]);
  }
});

it.each([
  ['pull', 120_000],
  ['stream', 40_000],
] as const)('asks again by %s where a lost connection stays silent for %i ms', async (by, patience) => {
  jest.useFakeTimers();
  try {
    const fetched = jest.spyOn(globalThis, 'fetch').mockImplementationOnce((input, options) => {
      const signal = input instanceof Request ? input.signal : options?.signal;
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('broken off')));
      });
    });
    const interruptions: unknown[] = [];
    const onInterruption = (error: unknown): void => void interruptions.push(error);
    const next = followEvents({ ...settings, by, onInterruption }).next();
    await jest.advanceTimersByTimeAsync(patience - 1_000);
    expect(fetched).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(interruptions).toEqual([new Error('broken off')]);
    expect((await next).value).toMatchObject({ id: 'e1' });
  } finally {
    jest.useRealTimers();
  }
});
