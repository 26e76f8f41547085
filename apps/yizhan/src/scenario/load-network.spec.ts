import { ManualClock } from '@yizhan/kernel';
import { FakeStation } from '../../../../test/support/fake-station.js';
import { FakeWorld } from '../../../../test/support/fake-world.js';
import { loadNetwork } from './load-network.js';
import { relayDriversOf } from './network-requests.js';
import { yiwu } from './yiwu.js';

const drivers = relayDriversOf(yiwu);
/** Ten in the morning there. */
const morning = Date.UTC(2026, 10, 2, 2);

const load = async (station: FakeStation, at: number) => {
  const world = new FakeWorld(station, new ManualClock(at));
  const loaded = await loadNetwork(world, yiwu, world.perform);
  station.sequence();
  return loaded;
};

test('a scenario brings its stations, zone, enterprises and drivers, and begins the shifts that are on', async () => {
  const station = new FakeStation();
  const { loaded, onShift } = await load(station, morning);
  const count = (name: string): number => station.log.filter(({ type }) => type === `yizhan.${name}.v1`).length;
  expect(count('station.opened')).toBe(3);
  expect(count('zone.activated')).toBe(1);
  expect(count('driver.enrolled')).toBe(drivers.length);
  expect(count('driver.shift_started')).toBe(onShift);
  expect(onShift).toBe(drivers.filter(({ group }) => ['04:30', '08:30'].includes(group.shift.from)).length);
  expect(loaded).toBeGreaterThan(drivers.length);
});

test('loaded again it brings nothing twice, and begins the shifts of a later hour', async () => {
  const station = new FakeStation();
  await load(station, morning);
  expect(await load(station, morning)).toMatchObject({ loaded: 0 });
  const before = station.log.length;
  await load(station, morning + 3 * 3_600_000);
  const newer = station.log.slice(before).map(({ type }) => type);
  expect(new Set(newer)).toEqual(new Set(['yizhan.driver.shift_started.v1']));
});

test('in a product that runs on, every shift begins and ends at its hour, day after day', async () => {
  const station = new FakeStation();
  const clock = new ManualClock(morning);
  const world = new FakeWorld(station, clock);
  const { shifts } = await loadNetwork(world, yiwu, world.perform);
  const count = (name: string): number =>
    [...station.log, ...station.outbox].filter(({ type }) => type === `yizhan.${name}.v1`).length;
  const begun = count('driver.shift_started');
  const moveTo = async (at: number): Promise<void> => {
    for (; clock.now() < at; clock.moveTo(clock.now() + 30 * 60_000)) await shifts.fireDue();
    await shifts.fireDue();
  };
  expect(await shifts.fireDue()).toBe(0);
  const noon = drivers.filter(({ group }) => group.shift.from === '12:00').length;
  await moveTo(morning + 2 * 3_600_000);
  expect(count('driver.shift_started')).toBe(begun + noon);
  expect(count('driver.shift_ended')).toBe(0);
  await moveTo(morning + 24 * 3_600_000);
  expect(count('driver.shift_started')).toBe(begun + drivers.length);
  expect(shifts.onShift).toBe(begun);
  expect(count('driver.shift_started') - count('driver.shift_ended')).toBe(begun);
});

test('started again a day later, shifts of the day before end and those of the day begin', async () => {
  const station = new FakeStation();
  const { onShift } = await load(station, morning);
  expect(await load(station, morning + 24 * 3_600_000)).toMatchObject({ loaded: 0, onShift });
  const ended = station.log.filter(({ type }) => type === 'yizhan.driver.shift_ended.v1');
  expect(ended).toHaveLength(onShift);
});

test('shifts cover every hour of the day with every licence', () => {
  for (const licence of ['A2', 'B2', 'C1']) {
    const hours = new Set(
      yiwu.relayDrivers
        .filter((group) => group.licence === licence)
        .flatMap(({ shift }) =>
          Array.from({ length: shift.hours }, (_, hour) => (Number(shift.from.slice(0, 2)) + hour) % 24),
        ),
    );
    expect([licence, hours.size]).toEqual([licence, 24]);
  }
});
