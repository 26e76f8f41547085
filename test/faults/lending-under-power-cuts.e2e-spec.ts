import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { VerifyReport } from '../../apps/yizhan/src/verify/verify-report.js';
import { forgotten, lostAtRest } from '../support/load/acknowledged.js';
import { LoadClient } from '../support/load/load-client.js';
import { administrator, openAreas, works } from '../support/load/load-network.js';
import { TruckLoad } from '../support/load/truck-load.js';
import { StationWithoutPower } from '../support/station-without-power.js';

/** `YIZHAN_TEST_FAULTS=full` is what is run by hand before a release; a change is tested with a few cuts. */
const isFull = process.env.YIZHAN_TEST_FAULTS === 'full';
const cuts = isFull ? 30 : 2;
const workers = 3;

jest.setTimeout(isFull ? 1_800_000 : 240_000);

let station: StationWithoutPower;

beforeAll(async () => {
  station = await StationWithoutPower.plugIn();
});
afterAll(() => station.discard());

interface Loans {
  /** How many drivers have been in the other pool and are back. */
  returned: number;
  isStopping: boolean;
}

/** A driver who is lent again and again, each step asked for by two at once; what he has to finish first is waited for. */
async function lendOver(client: LoadClient, driverId: string, loans: Loans): Promise<void> {
  const step = async (loanId: string, name: string, stationCode?: string): Promise<string> => {
    const ask = () => client.post(administrator, `driver-loans/${loanId}/${name}`, stationCode ? { stationCode } : {});
    const both = await Promise.all([ask(), ask()]);
    const won = both.filter(({ status }) => status === 200);
    expect(won.length).toBeLessThanOrEqual(1);
    return won.length === 1 ? 'done' : String(both[0].body.code);
  };
  const report = async (loanId: string, name: string, stationCode: string): Promise<void> => {
    for (;;) {
      const outcome = await step(loanId, name, stationCode);
      if (outcome === 'done') return;
      expect(['DRIVER.HAS_LIVE_ASSIGNMENT', 'DRIVER.HOLDS_A_TRUCK']).toContain(outcome);
      await pause(50);
    }
  };
  const offer = { driverId, fromAreaCode: 'area-1', toAreaCode: 'area-2' };
  while (!loans.isStopping) {
    const loanId = String((await works(client, 'driver-loans', offer)).loanId);
    const [accepted] = await Promise.all([step(loanId, 'acceptance'), step(loanId, 'withdrawal')]);
    if (accepted !== 'done') continue;
    await report(loanId, 'arrival', 'station-2');
    expect(await step(loanId, 'return')).toBe('done');
    await report(loanId, 'homecoming', 'station-1');
    loans.returned += 1;
  }
}

async function verified(): Promise<VerifyReport> {
  const file = join(station.data, 'events.ndjson');
  expect((await station.run('export', '--out', file)).code).toBe(0);
  return JSON.parse((await station.verify(file)).stdout) as VerifyReport;
}

/** Whom the events of an area have in its pool, by those events alone. */
async function poolsAsTold(): Promise<Map<string, string[]>> {
  const rows = await station.rows<{ area: string; driver: string; type: string; pool: string | null }>(`
    SELECT partition_key AS area, subject AS driver, type, document::jsonb -> 'data' ->> 'areaCode' AS pool
    FROM event_log.entries WHERE type ~ '^yizhan.driver.(enrolled|pool_joined|returned).v1$' ORDER BY position`);
  const told = new Map<string, string[]>();
  for (const { area, driver, type, pool } of rows) {
    const others = (told.get(driver) ?? []).filter((code) => code !== area);
    const areas = type === 'yizhan.driver.enrolled.v1' || pool === area ? [...others, area] : others;
    // At every position of the log.
    expect(areas.length).toBeLessThanOrEqual(1);
    told.set(driver, areas);
  }
  return told;
}

it(`lends drivers through ${cuts} power cuts, with trucks that want them, and never has one in two pools`, async () => {
  const client = await LoadClient.open(station.address, station.signingKey);
  const areas = await openAreas(client, 2, workers);
  const ofTheNetwork = [...client.acknowledged];
  client.acknowledged.clear();
  await works(client, 'zones/zone-1/areas', { areaCode: 'area-2' });
  const load = new TruckLoad(client, areas.slice(0, 1), 2);
  const loans: Loans = { returned: 0, isStopping: false };
  load.start();
  const lent = Array.from({ length: workers }, (_, index) => `relay-1-${index + 1}-b`);
  const lending = Promise.all(lent.map((driverId) => lendOver(client, driverId, loans)));
  lending.catch(() => undefined);
  for (let cut = 1; cut <= cuts; cut += 1) {
    await pause(1_500 + (cut % 7) * 310);
    await station.cutPower();
    const acknowledged = [...ofTheNetwork, ...client.acknowledged];
    await station.powerOn();
    expect(await forgotten(station, acknowledged)).toEqual([]);
  }
  loans.isStopping = true;
  await Promise.all([load.finish(), lending]);

  expect(await lostAtRest(station, client.acknowledged)).toEqual({ lost: [], doubled: [] });
  const verdict = await verified();
  process.stderr.write(
    `${cuts} power cuts: ${loans.returned} loans there and back, ${load.through} trucks, ${verdict.events} events\n`,
  );
  expect(verdict).toMatchObject({ ok: true });
  expect(loans.returned).toBeGreaterThan(workers);
  const told = await poolsAsTold();
  const rows = await station.rows<{ id: string; area: string }>(
    `SELECT 'driver/' || driver_id AS id, area_code AS area FROM station.drivers WHERE inside_zone_id = 'zone-1'`,
  );
  expect(rows).toHaveLength(workers * 2);
  for (const { id, area } of rows) expect([id, told.get(id)]).toEqual([id, [area]]);
});
