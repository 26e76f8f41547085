import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { generateX25519Identity } from 'age-encryption';
import { LoadClient } from '../../../../test/support/load/load-client.js';
import { administrator, type LoadArea, openAreas } from '../../../../test/support/load/load-network.js';
import { TruckLoad } from '../../../../test/support/load/truck-load.js';
import { StationWithoutPower } from '../../../../test/support/station-without-power.js';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { discardDataDirectory } from '../runtime/data/discard.js';

jest.setTimeout(300_000);

let station: StationWithoutPower;
let client: LoadClient;
let areas: readonly LoadArea[];
/** A stick, and another one for the keys of personal data. */
const stick = mkdtempSync(join(tmpdir(), 'yizhan-stick-'));
const otherStick = mkdtempSync(join(tmpdir(), 'yizhan-other-stick-'));
const places: string[] = [];
let made: string;

beforeAll(async () => {
  station = await StationWithoutPower.plugIn();
  client = await LoadClient.open(station.address, station.signingKey);
  areas = await openAreas(client, 1, 4);
});
afterAll(async () => {
  await station.discard();
  for (const path of places) discardDataDirectory(new DataDirectory(path));
  for (const path of [stick, otherStick]) rmSync(path, { recursive: true, force: true });
});

function emptyPlace(): string {
  const path = join(tmpdir(), `yizhan-restored-${randomUUID()}`);
  places.push(path);
  return path;
}

const keyFile = (): string => join(station.data, 'keys', 'backup-key.txt');
const restore = (backup: string, to: string, key = keyFile()) =>
  station.bare('restore', backup, '--key', key, '--data', to, '--json');
const ask = (path: string, body?: object) =>
  body === undefined ? client.get(administrator, path) : client.post(administrator, path, body);

it('backs up while trucks come and go, restores it into an empty place, and says where the key is to be kept', async () => {
  const load = new TruckLoad(client, areas, 5);
  load.start();
  const first = await station.run('backup', '--to', stick, '--json', '--check');
  await load.finish();
  expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('keep a copy of it elsewhere')]);
  const done = JSON.parse(first.stdout) as { folder: string; events: number; checked: boolean };
  expect(done).toMatchObject({ checked: true });
  expect(done.events).toBeGreaterThan(0);
  const second = await station.run('backup', '--to', stick);
  expect([second.code, second.stderr]).toEqual([0, '']);
  made = second.stdout.trim();
  const listed = JSON.parse((await station.run('backup', '--list', '--to', stick, '--json')).stdout) as object[];
  expect(listed[0]).toMatchObject({ folder: made, checkedAt: null });
});

it('keeps nothing readable in a backup, and no half one', () => {
  for (const name of readdirSync(made).filter((each) => each.endsWith('.age'))) {
    expect(readFileSync(join(made, name)).subarray(0, 21).toString()).toBe('age-encryption.org/v1');
  }
  expect(readdirSync(stick).filter((name) => name.endsWith('.part'))).toEqual([]);
});

it('restores to a station that goes on where that one was', async () => {
  const to = emptyPlace();
  const done = await restore(made, to);
  expect([done.code, done.stderr]).toEqual([0, expect.stringContaining('start on it as usual')]);
  const { events, verdict } = JSON.parse(done.stdout) as { events: number; verdict: { ok: boolean } };
  expect(verdict.ok).toBe(true);
  const [there, here] = await Promise.all([station.bare('export', '--data', to), station.run('export')]);
  expect(there.stdout.split('\n')).toHaveLength(events + 1);
  expect(here.stdout.startsWith(there.stdout)).toBe(true);

  let other = await StationWithoutPower.plugIn({}, to);
  try {
    const load = new TruckLoad(await LoadClient.open(other.address, other.signingKey), areas, 5);
    load.start();
    await pause(2_000);
    await load.finish();
    const file = join(to, 'events.ndjson');
    expect((await other.run('export', '--out', file)).code).toBe(0);
    const report = JSON.parse((await other.verify(file)).stdout) as { ok: boolean; events: number };
    expect(report.ok).toBe(true);
    expect(report.events).toBeGreaterThan(events);
    expect(other.said).not.toContain('the clock of this PC is wrong');
    await other.stop();
    // Its battery is empty: it wakes up a day before it has recorded anything.
    const yesterday = join(to, 'yesterday.cjs');
    writeFileSync(yesterday, 'const now = Date.now; Date.now = () => now() - 86_400_000;');
    other = await StationWithoutPower.plugIn({ NODE_OPTIONS: `--require ${yesterday}` }, to);
    for (let look = 0; look < 100 && !other.said.includes('the clock of this PC is wrong'); look += 1) await pause(50);
    expect(other.said).toContain('the clock of this PC is wrong');
  } finally {
    await other.stop();
  }
});

it('overwrites nothing', async () => {
  const { code, stderr } = await restore(made, station.data);
  expect([code, stderr]).toEqual([3, expect.stringContaining('a restore overwrites nothing')]);
});

it('refuses another key, what was changed and what is damaged, and leaves nothing of it', async () => {
  const to = emptyPlace();
  const key = join(stick, 'other-key.txt');
  writeFileSync(key, `${await generateX25519Identity()}\n`);
  expect(await restore(made, to, key)).toMatchObject({ code: 3, stderr: expect.stringContaining('another key') });

  const changed = join(stick, 'changed');
  cpSync(made, changed, { recursive: true });
  const manifest = join(changed, 'manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"events": \d+/, '"events": 1'));
  expect(await restore(changed, to)).toMatchObject({ code: 3, stderr: expect.stringContaining('was changed since') });

  const damaged = join(stick, 'damaged');
  cpSync(made, damaged, { recursive: true });
  const part = join(damaged, 'station.visits.copy.gz.age');
  const bytes = readFileSync(part);
  bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
  writeFileSync(part, bytes);
  expect(await restore(damaged, to)).toMatchObject({ code: 3, stderr: expect.stringContaining('cannot be restored') });
  expect([to, `${to}.restoring`].filter((path) => existsSync(path))).toEqual([]);
});

it('forgets again whoever was erased since, where both are put back', async () => {
  const person = 'personal-data/driver:outside-1-1';
  expect((await ask(person, { name: '张三', phone: '13800138000' })).status).toBeLessThan(300);
  const copy = await station.run('backup', '--keystore', '--to', otherStick);
  expect([copy.code, copy.stderr]).toEqual([0, '']);
  expect((await ask(`${person}/erasure`, { reason: 'asked_for_it' })).status).toBeLessThan(300);
  const after = await station.run('backup', '--to', stick);
  expect(after.code).toBe(0);

  const to = emptyPlace();
  expect((await restore(after.stdout.trim(), to)).code).toBe(0);
  const keys = await station.bare('restore', '--keystore', copy.stdout.trim(), '--key', keyFile(), '--data', to);
  expect([keys.code, keys.stderr]).toEqual([0, expect.stringContaining('restored')]);
  const other = await StationWithoutPower.plugIn({}, to);
  try {
    const there = await LoadClient.open(other.address, other.signingKey);
    expect((await there.get(administrator, person)).status).toBe(410);
  } finally {
    await other.stop();
  }
});

it('says in the doctor how old the newest backup is', async () => {
  const told = async (settings: string): Promise<{ name: string; state: string; says: string }[]> => {
    const { stdout } = await station.run('doctor', '--json');
    return (JSON.parse(stdout) as { checks: { name: string; state: string; says: string }[] }).checks.filter(
      ({ name }) => name === settings,
    );
  };
  expect(await told('backups')).toMatchObject([{ state: 'warn', says: expect.stringContaining('there is none') }]);
  expect(await told('postgres-files')).toMatchObject([{ state: 'ok' }]);
  expect(await told('database')).toMatchObject([{ state: 'ok', says: expect.stringContaining('has checksums') }]);
});
