import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { moments } from '../support/cut-power.js';

const root = resolve(__dirname, '../..');
const main = join(root, 'dist/programs/yizhan.mjs');
const passages = resolve(root, '../shared/data/kdd-cup-2017/tollgates-cargo-2016-10-18_24.csv');
const environment = { ...process.env, LANG: 'C', LC_ALL: '', NO_COLOR: '1', YIZHAN_TEST_PG_URL: '' };
const kills = 20;
const seed = 20161019;

jest.setTimeout(1_800_000);

/** Real passages of two busy hours; the whole day is replayed by hand (see CONTRIBUTING). */
const hours = /^2016-10-19 (09|10):/;

const folder = mkdtempSync(join(tmpdir(), 'yizhan-kills-'));
const file = join(folder, 'passages.csv');

beforeAll(() => {
  if (!existsSync(passages)) throw new Error(`${passages} is missing: this test plays real passages`);
  const [header, ...rows] = readFileSync(passages, 'utf8').trimEnd().split('\n');
  writeFileSync(file, [header, ...rows.filter((row) => hours.test(row)), ''].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const replayInto = (out: string): string[] => [
  main,
  'replay',
  file,
  '--scenario',
  'yiwu',
  '--seed',
  '1',
  '--out',
  join(folder, out),
];

/** Kills the process and nothing else: PostgreSQL loses its master, as in a crash. @returns whether it still ran. */
async function killAfter(out: string, milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, replayInto(out), { env: environment, stdio: 'ignore' });
  const ended = once(child, 'exit');
  await Promise.race([ended, pause(milliseconds)]);
  const stillRan = child.exitCode === null;
  child.kill('SIGKILL');
  await ended;
  return stillRan;
}

/** All of an event but what tells one run from another. */
function essenceOf(out: string): object[] {
  const lines = readFileSync(join(folder, out, 'events.ndjson'), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => {
    const event = JSON.parse(line) as Record<string, unknown>;
    for (const own of ['recordedtime', 'traceparent', 'prevhash']) delete event[own];
    return event;
  });
}

it(`loses and doubles nothing when it is killed at ${kills} moments of a replay`, async () => {
  const whole = spawnSync(process.execPath, replayInto('whole'), { encoding: 'utf8', env: environment });
  expect([whole.status, whole.stderr]).toEqual([0, expect.any(String)]);

  let killed = 0;
  for (const moment of moments(seed, 700, 3_500)) {
    if (!(await killAfter('killed', moment))) break;
    killed += 1;
    if (killed === kills) break;
  }
  const rest = spawnSync(process.execPath, replayInto('killed'), { encoding: 'utf8', env: environment });
  expect([rest.status, rest.stderr]).toEqual([0, expect.any(String)]);
  expect(killed).toBe(kills);

  const verified = spawnSync(process.execPath, [main, 'verify', join(folder, 'killed', 'events.ndjson')], {
    encoding: 'utf8',
    env: environment,
  });
  expect([verified.status, verified.stdout]).toEqual([0, expect.stringContaining('every rule holds')]);
  expect(essenceOf('killed')).toEqual(essenceOf('whole'));
});
