import { healthOf, type PublisherParts } from './health.js';

/** A publisher that does not move, and what it looks at. */
const standing = {
  isActive: true,
  published: 5,
  rows: [{ taken: 9, committed: 9, head: 5 }],
  brokers: { ok: true } as { ok: boolean; detail?: string },
  isGoing: false,
};
let now = 0;

const parts = (): PublisherParts =>
  ({
    publisher: { progress: standing },
    database: { rows: async () => standing.rows },
    brokers: {
      get verdict() {
        return standing.brokers;
      },
    },
    isGoing: () => standing.isGoing,
  }) as never;

beforeEach(() => {
  now = 0;
  Object.assign(standing, { isActive: true, published: 5, brokers: { ok: true }, isGoing: false });
  standing.rows = [{ taken: 9, committed: 9, head: 5 }];
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});

afterEach(() => jest.restoreAllMocks());

const failing = async (checks: ReturnType<typeof healthOf>['live']): Promise<string[]> => {
  const verdicts = await Promise.all(checks.map(async ({ name, check }) => ({ name, ...(await check()) })));
  return verdicts.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);
};

/** What fails now, and what 31 s later. */
async function overTime(change: () => void = () => undefined): Promise<string[][]> {
  const { live } = healthOf(parts());
  const before = await failing(live);
  now += 31_000;
  change();
  return [before, await failing(live)];
}

describe('the publisher is alive', () => {
  it('while nothing waits for it', async () => {
    expect(await overTime()).toEqual([[], []]);
  });

  it('until entries have waited for 30 s to be published', async () => {
    standing.rows = [{ taken: 9, committed: 9, head: 7 }];
    expect(await overTime()).toEqual([[], ['publisher: no progress: publishing at 5 of 7']]);
  });

  it('until events have waited for 30 s to be given their place', async () => {
    standing.rows = [{ taken: 8, committed: 9, head: 5 }];
    expect(await overTime()).toEqual([[], ['publisher: no progress: sequencing at 8 of 9']]);
  });

  it('as long as it moves', async () => {
    standing.rows = [{ taken: 9, committed: 9, head: 7 }];
    expect(await overTime(() => (standing.published = 6))).toEqual([[], []]);
  });

  it.each([
    ['it stands by', () => (standing.isActive = false)],
    ['the brokers are away', () => (standing.brokers = { ok: false, detail: 'away' })],
    ['the database is away', () => (standing.rows = [])],
  ])('where %s, whatever waits', async (_what, makeSo) => {
    standing.rows = [{ taken: 8, committed: 9, head: 7 }];
    makeSo();
    expect(await overTime()).toEqual([[], []]);
  });

  it('for another 30 s where the brokers have just come back', async () => {
    standing.rows = [{ taken: 9, committed: 9, head: 7 }];
    standing.brokers = { ok: false };
    const { live } = healthOf(parts());
    expect(await failing(live)).toEqual([]);
    now += 60_000;
    expect(await failing(live)).toEqual([]);
    standing.brokers = { ok: true };
    now += 5_000;
    expect(await failing(live)).toEqual([]);
    now += 31_000;
    expect(await failing(live)).toEqual(['publisher: no progress: publishing at 5 of 7']);
  });
});

it('is ready whether it is active or stands by, and not where the brokers are away or it is going down', async () => {
  const { ready } = healthOf(parts());
  expect(await failing(ready)).toEqual([]);
  standing.isActive = false;
  expect(await failing(ready)).toEqual([]);
  standing.brokers = { ok: false, detail: 'topic x does not exist' };
  standing.isGoing = true;
  expect(await failing(ready)).toEqual(['process: going down', 'brokers: topic x does not exist']);
});
