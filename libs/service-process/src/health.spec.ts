import { membersMove, WatchedMetrics } from './health.js';

let now = 0;
const member = { group: 'station', isMember: true, next: new Map(), moves: 3 };
const metrics = new WatchedMetrics((where, error) => {
  throw new Error(`fault in ${where}`, { cause: error });
});
const check = membersMove({ progress: [member] } as never, metrics);

beforeAll(() => jest.spyOn(performance, 'now').mockImplementation(() => now));
afterAll(() => jest.restoreAllMocks());

it('fails where messages wait and none is taken for 30 s, and not where none waits', async () => {
  expect(await check.check()).toEqual({ ok: true });
  now += 60_000;
  expect(await check.check()).toEqual({ ok: true });
  metrics.lag('station', 4);
  now += 31_000;
  expect(await check.check()).toEqual({ ok: false, detail: 'no progress: station at 3 of 7' });
  member.moves += 1;
  expect(await check.check()).toEqual({ ok: true });
});

it('shows the lag to Prometheus too', async () => {
  expect(await metrics.text()).toContain('yizhan_consumer_lag_events{group="station"} 4');
});
