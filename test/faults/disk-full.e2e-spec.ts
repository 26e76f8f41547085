import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { forgotten, lostAtRest } from '../support/load/acknowledged.js';
import { LoadClient } from '../support/load/load-client.js';
import { administrator, type LoadArea, openAreas } from '../support/load/load-network.js';
import { TruckLoad } from '../support/load/truck-load.js';
import { StationWithoutPower } from '../support/station-without-power.js';

/** Large enough for PostgreSQL, and soon filled. */
const volumeMegabytes = 300;
const reserveMegabytes = 60;

jest.setTimeout(300_000);

const volume = mkdtempSync(join(tmpdir(), 'yizhan-small-disk-'));
const ballast = join(volume, 'ballast');
const elsewhere = mkdtempSync(join(tmpdir(), 'yizhan-beside-small-disk-'));
/** Only root may mount. */
const isMounted =
  process.platform === 'linux' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${volumeMegabytes}m,mode=0755`, 'yizhan-test', volume]).status === 0;

let station: StationWithoutPower;
let client: LoadClient;
let areas: readonly LoadArea[];

beforeAll(async () => {
  if (!isMounted) return;
  station = await StationWithoutPower.plugIn(
    { YIZHAN_DISK_RESERVE_MEGABYTES: String(reserveMegabytes) },
    join(volume, 'station'),
  );
  client = await LoadClient.open(station.address, station.signingKey);
  areas = await openAreas(client, 1, 4);
  // Not every part of a network is told of in an event; every step of a truck is.
  client.acknowledged.clear();
});
afterAll(async () => {
  try {
    if (isMounted) rmSync(ballast, { force: true });
    if (isMounted) await station.discard();
  } finally {
    // Lazily: a PostgreSQL that still ends would keep it.
    if (isMounted) spawnSync('umount', ['-l', volume]);
    for (const folder of [volume, elsewhere]) rmSync(folder, { recursive: true, force: true });
  }
});

/** Megabytes that are free on the volume. */
function free(): number {
  const { bavail, bsize } = statfsSync(volume);
  return (bavail * bsize) / 1e6;
}

/** Somebody copies films to the disk of the station. */
function fillUntil(megabytesLeft: number): void {
  const file = openSync(ballast, 'a');
  const block = Buffer.alloc(256 * 1_024, 1);
  try {
    while (free() > megabytesLeft) writeSync(file, block);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(file);
  }
}

async function becomesFull(isFull: boolean): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    const answer = await fetch(`${station.address}/api/v1/storage`);
    const { state } = (await answer.json()) as { state: string };
    if ((state === 'full') === isFull) return;
    await pause(50);
  }
  throw new Error(`the disk ${isFull ? 'does not become' : 'stays'} full: ${station.said}`);
}

async function change(at = station, by = client): Promise<{ status: number; code: unknown; wait: string | null }> {
  const answer = await fetch(`${at.address}/api/v1/carriers`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await by.token(administrator)}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ carrierId: `carrier-${Date.now()}`, name: 'one more' }),
  });
  const { code } = (await answer.json()) as { code?: string };
  return { status: answer.status, code, wait: answer.headers.get('retry-after') };
}

const reads = async (): Promise<number> => (await client.get(administrator, 'stations')).status;

/** Nothing that was acknowledged is missing, nothing is there twice, and the log keeps its rules. */
async function assertWhole(): Promise<void> {
  expect(await forgotten(station, client.acknowledged)).toEqual([]);
  expect(await lostAtRest(station, client.acknowledged)).toEqual({ lost: [], doubled: [] });
  const file = join(elsewhere, 'events.ndjson');
  expect((await station.run('export', '--out', file)).code).toBe(0);
  expect(JSON.parse((await station.verify(file)).stdout)).toMatchObject({ ok: true });
}

/** Where nobody may mount there is no small disk: that is said, and the rest of this file is all that is shown. */
const onSmallDisk = (name: string, test: () => Promise<void>): void => {
  if (isMounted) it(name, test);
  else
    process.stderr.write(
      `\n*** a small disk cannot be mounted here (that takes root on Linux), so this is NOT tested: ${name}\n`,
    );
};

onSmallDisk('turns read-only with a clear sign before the disk is full, and goes on when there is room', async () => {
  const load = new TruckLoad(client, areas, 4);
  load.start();
  await pause(1_000);
  fillUntil(reserveMegabytes - 10);
  await becomesFull(true);
  expect(await change()).toEqual({ status: 503, code: 'STORAGE.FULL', wait: '10' });
  expect(await reads()).toBe(200);
  expect(station.said).toContain('nothing new is recorded until there is room');
  expect((await fetch(`${station.address}/health/ready`)).status).toBe(200);
  rmSync(ballast);
  await becomesFull(false);
  expect((await change()).status).toBe(201);
  await load.finish();
  expect(load.through).toBeGreaterThan(0);
  await assertWhole();
});

onSmallDisk('lives through a disk without a free byte while trucks come, and writes nothing by halves', async () => {
  const load = new TruckLoad(client, areas, 4);
  load.start();
  await pause(1_000);
  fillUntil(0);
  await becomesFull(true);
  expect(await change()).toMatchObject({ status: 503, code: 'STORAGE.FULL' });
  await pause(5_000);
  expect(await reads()).toBe(200);
  rmSync(ballast);
  await becomesFull(false);
  await load.finish();
  await assertWhole();
});

it('takes nothing in where less is free than is to be kept free, and says so to whoever asks', async () => {
  const full = await StationWithoutPower.plugIn({ YIZHAN_DISK_RESERVE_MEGABYTES: '999999' });
  try {
    const asking = await LoadClient.open(full.address, full.signingKey);
    expect(await change(full, asking)).toEqual({ status: 503, code: 'STORAGE.FULL', wait: '10' });
    expect((await asking.get(administrator, 'stations')).status).toBe(200);
    expect(await (await fetch(`${full.address}/api/v1/storage`)).json()).toEqual({ state: 'full', backups: 'ok' });
    expect(full.said).toContain('nothing new is recorded until there is room');
    const backup = await full.run('backup');
    expect([backup.code, backup.stderr]).toEqual([3, expect.stringContaining('and a backup needs')]);
  } finally {
    await full.discard();
  }
});
