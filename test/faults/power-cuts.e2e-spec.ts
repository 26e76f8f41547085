import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { VerifyReport } from '../../apps/yizhan/src/verify/verify-report.js';
import { forgotten, lostAtRest } from '../support/load/acknowledged.js';
import { LoadClient } from '../support/load/load-client.js';
import { openAreas } from '../support/load/load-network.js';
import { TruckLoad } from '../support/load/truck-load.js';
import { percentile } from '../load/ground/figures.js';
import { moments, outages } from '../support/cut-power.js';
import { StationWithoutPower } from '../support/station-without-power.js';

/** `YIZHAN_TEST_FAULTS=full` is what is run by hand before a release; a change is tested with a few cuts. */
const isFull = process.env.YIZHAN_TEST_FAULTS === 'full';
const cuts = isFull ? 50 : 3;
const seed = 20261129;
const trucksPerSecond = 2;
/** Until it serves again, at the 95th percentile, milliseconds. */
const goal = 10_000;

jest.setTimeout(isFull ? 3_600_000 : 300_000);

let station: StationWithoutPower;

beforeAll(async () => {
  station = await StationWithoutPower.plugIn();
});
afterAll(() => station.discard());

async function verified(): Promise<VerifyReport> {
  const file = join(station.data, 'events.ndjson');
  const written = await station.run('export', '--out', file);
  expect([written.code, written.stderr]).toEqual([0, expect.stringContaining('events to')]);
  return JSON.parse((await station.verify(file)).stdout) as VerifyReport;
}

it(`serves again after ${cuts} power cuts under load, with everything that it had acknowledged, once`, async () => {
  const client = await LoadClient.open(station.address, station.signingKey);
  const areas = await openAreas(client, 1, 4);
  // An area and a carrier are told of in no event: they are looked for as requests, not in the log.
  const ofTheNetwork = [...client.acknowledged];
  client.acknowledged.clear();
  const load = new TruckLoad(client, areas, trucksPerSecond);
  const times: number[] = [];
  load.start();
  for (const moment of moments(seed, 200, 4_000)) {
    await pause(moment);
    await station.cutPower();
    const acknowledged = [...ofTheNetwork, ...client.acknowledged];
    times.push(await station.powerOn());
    expect(station.said).toContain('the last run was not stopped');
    expect(await forgotten(station, acknowledged)).toEqual([]);
    if (times.length === cuts) break;
  }
  await load.finish();

  const { acknowledged } = client;
  expect(await forgotten(station, acknowledged)).toEqual([]);
  expect(await lostAtRest(station, acknowledged)).toEqual({ lost: [], doubled: [] });
  const verdict = await verified();
  process.stderr.write(
    `${cuts} power cuts: ${load.through} trucks, ${verdict.events} events, ${acknowledged.size} changes acknowledged, ` +
      `${client.retries} requests sent again; ${outages(times)}\n`,
  );
  expect(verdict).toMatchObject({ ok: true });
  expect(load.through).toBeGreaterThan(0);
  // A few cuts on a machine that does other things say nothing of the time.
  if (isFull) expect(percentile(times, 0.95)).toBeLessThanOrEqual(goal);
});

it('refuses a second copy on the same data, also where the file of the lock was removed, and goes on', async () => {
  const second = await station.run('start', '--empty', '--port', '0');
  expect([second.code, second.stderr]).toEqual([3, expect.stringContaining(`is working on ${station.data} already`)]);

  rmSync(join(station.data, 'yizhan.lock'));
  const third = await station.run('start', '--empty', '--port', '0');
  expect([third.code, third.stderr]).toEqual([3, expect.stringContaining('another Yizhan works with this PostgreSQL')]);
  expect((await fetch(`${station.address}/health/ready`)).status).toBe(200);
  expect(station.said).not.toContain('PostgreSQL has died');
});
