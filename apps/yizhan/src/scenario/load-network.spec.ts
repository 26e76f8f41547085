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
