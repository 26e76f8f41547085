import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { Timers } from './timers.js';

const second = 1_000;

let station: RunningStation;
let timers: Timers;

beforeEach(async () => {
  station = await startStation();
  timers = station.get(Timers);
});

afterEach(() => station.close());

/** Timers of runs that nobody knows. */
const setFailing = (count: number): Promise<unknown> =>
  station.database.rows(
    `INSERT INTO station.timers (kind, ref, due_at)
     SELECT 'run_overdue', 'nowhere-' || n, to_timestamp($2::double precision / 1000) FROM generate_series(1, $1) AS n`,
    [count, station.clock.now() - 60 * second],
  );

const faultsNow = async (): Promise<string[]> => {
  try {
    await timers.fireDue();
    return [];
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error;
    return error.errors.map((each: Error) => each.message);
  }
};

it('tells each failure of each attempt once, and waits longer each time', async () => {
  await setFailing(2);
  const both = [expect.stringMatching(/^run_overdue nowhere-1: ./), expect.stringMatching(/^run_overdue nowhere-2: ./)];
  for (const wait of [second, 5 * second, 30 * second, 120 * second, 120 * second]) {
    expect(await faultsNow()).toEqual(both);
    station.clock.moveTo(station.clock.now() + wait - 1);
    expect(await faultsNow()).toEqual([]);
    station.clock.moveTo(station.clock.now() + 1);
  }
});

it('comes to those behind more failing ones than it takes at once', async () => {
  await setFailing(500);
  await station.database.rows(
    `INSERT INTO station.timers (kind, ref, due_at) VALUES ('run_overdue', 'behind', to_timestamp($1::double precision / 1000))`,
    [station.clock.now()],
  );
  expect(await faultsNow()).toHaveLength(500);
  expect(await faultsNow()).toEqual([expect.stringContaining('run_overdue behind')]);
  expect(await faultsNow()).toEqual([]);
});

it('fires one that failed before and was set anew to another time at once', async () => {
  await setFailing(1);
  expect(await faultsNow()).toHaveLength(1);
  await station.database.rows(`UPDATE station.timers SET due_at = due_at + interval '1 second'`);
  expect(await faultsNow()).toHaveLength(1);
});
