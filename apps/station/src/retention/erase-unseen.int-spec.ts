import { openNetwork, outsideDriver } from '../../../../test/support/network.js';
import { Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { PersonalData } from '../personal-data/personal-data.js';
import { EraseUnseen } from './erase-unseen.js';

const day = 24 * 3_600_000;
let station: RunningStation;

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
});
afterAll(() => station.close());

it('erases who has not been seen for three years, and nobody who was, is at work, or has no data', async () => {
  const { clock, database, get } = station;
  const data = get(PersonalData);
  const relay = new Relay(station);
  for (const driverId of ['unseen', 'seen', 'here', 'unknown']) {
    await outsideDriver(station, driverId);
    if (driverId === 'unknown') continue;
    const sealed = await data.seal(`driver:${driverId}`, { phone: '13800138000' });
    await database.transaction((tx) => data.put(tx, sealed, clock.now(), 'operator:lin'));
  }
  clock.moveTo(clock.now() + 1000 * day);
  await relay.arrive('seen again', '浙G10001', 'seen', 'into_zone');
  await relay.depart('seen again', { outcome: 'turned_away' });
  await relay.arrive('still here', '浙G10002', 'here', 'into_zone');
  clock.moveTo(clock.now() + 94 * day);
  const erase = get(EraseUnseen);
  expect(await erase.execute(clock.now())).toBe(0);
  clock.moveTo(clock.now() + 2 * day);
  expect(await erase.execute(clock.now())).toBe(1);
  const [event] = await station.eventsOf('driver.erased');
  expect(event.data).toMatchObject({ driverId: 'unseen', reason: 'time_is_over' });
  clock.moveTo(clock.now() + 1000 * day);
  expect(await erase.execute(clock.now())).toBe(1);
  expect((await station.eventsOf('driver.erased')).map(({ data: { driverId } }) => driverId)).toEqual([
    'unseen',
    'seen',
  ]);
});
