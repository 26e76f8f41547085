import { jindong, openNetwork } from '../../../../test/support/network.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { ResumeStation } from '../network/stations/resume-station.js';
import { SuspendStation } from '../network/stations/suspend-station.js';

const rounds = 60;
const workers = 12;

let station: RunningStation;

beforeAll(async () => {
  station = await startStation({ poolSize: workers });
  await openNetwork(station);
});
afterAll(() => station.close());

test('the same request, sent many times at once, is done or under way, never refused for what it did itself', async () => {
  const refusals = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    const request = station.request(`round ${round}`);
    const ask = async (worker: number) => {
      // Spread over the time that one takes, so that some read before it commits and lock after it.
      for (let turn = 0; turn < worker * 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      return round % 2 === 0
        ? station.get(SuspendStation).execute(request, { stationCode: jindong, reason: 'snow' })
        : station.get(ResumeStation).execute(request, { stationCode: jindong });
    };
    const results = await Promise.allSettled(Array.from({ length: workers }, (_, worker) => ask(worker)));
    const answers = results.flatMap((result) => (result.status === 'fulfilled' ? [JSON.stringify(result.value)] : []));
    expect(new Set(answers).size).toBe(1);
    for (const result of results) {
      if (result.status === 'rejected') refusals.add((result.reason as { code: string }).code);
    }
  }
  expect([...refusals].filter((code) => code !== 'REQUEST.UNDER_WAY')).toEqual([]);
  expect(await station.eventsOf('station.suspended')).toHaveLength(rounds / 2);
});

test('a key that was used for something else is refused, also where the something else came first by a hair', async () => {
  const request = station.request('twice');
  const asked = ['snow', 'flood'].map((reason) =>
    station.get(SuspendStation).execute({ ...request, hash: reason }, { stationCode: jindong, reason }),
  );
  const refused = (await Promise.allSettled(asked)).filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(1);
  expect(['REQUEST.UNDER_WAY', 'REQUEST.KEY_REUSED']).toContain((refused[0].reason as { code: string }).code);
});
