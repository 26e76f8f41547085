import { ManualClock } from '@yizhan/kernel';
import type { Database } from '@yizhan/persistence';
import type { StorageState } from '@yizhan/service-process';
import type { CutOffStation } from './cut-off-station.js';
import { WatchConnections } from './watch-connections.js';

const minute = 60_000;

let clock: ManualClock;
let sign: { state: StorageState };
let watch: WatchConnections;

/** One station, heard at the beginning and never again. */
beforeEach(() => {
  clock = new ManualClock(0);
  sign = { state: 'ok' };
  const heard = [{ stationCode: 'jindong', heardAt: 0, seconds: 300 }];
  const database = { rows: () => Promise.resolve(heard) } as unknown as Database;
  const cutOff = { executeAsSilent: () => Promise.resolve(true) } as unknown as CutOffStation;
  watch = new WatchConnections(database, clock, cutOff, { sign });
});

/** Looks once a minute. @returns how many were found cut off at each look. */
async function looks(times: number): Promise<number[]> {
  const found: number[] = [];
  for (let look = 0; look < times; look += 1) {
    clock.moveTo(clock.now() + minute);
    found.push(await watch.fireDue());
  }
  return found;
}

it('cuts a station off that is silent for its whole time', async () => {
  await watch.fireDue();
  expect(await looks(5)).toEqual([0, 0, 0, 0, 1]);
});

it('counts no silence while the disk is full, as heartbeats are refused then, and begins anew afterwards', async () => {
  await watch.fireDue();
  expect(await looks(1)).toEqual([0]);
  sign.state = 'full';
  expect(await looks(10)).toEqual(Array.from({ length: 10 }, () => 0));
  sign.state = 'low';
  expect(await looks(6)).toEqual([0, 0, 0, 0, 0, 1]);
});
