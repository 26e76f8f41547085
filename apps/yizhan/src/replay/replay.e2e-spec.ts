import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { YizhanEvent } from '@yizhan/contracts';
import { faultsIn } from '../../../../test/support/verified.js';
import { yiwu } from '../scenario/yiwu.js';
import type { ReplayReport } from './report/replay-report.js';

const main = resolve(__dirname, '../../../../dist/programs/yizhan.mjs');
const environment = { ...process.env, LANG: 'C', LC_ALL: '', NO_COLOR: '1', YIZHAN_TEST_PG_URL: '' };
const header = 'time,tollgate_id,direction,vehicle_model,has_etc,vehicle_type';
let folder: string;
let file: string;
let scenario: string;

/** A small pool in which much goes wrong, and trucks enough to keep it busy. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'replay-'));
  file = join(folder, 'passages.csv');
  scenario = join(folder, 'scenario.json');
  const rows = Array.from({ length: 24 }, (_, index) => {
    const minutes = String((index * 7) % 60).padStart(2, '0');
    return `2016-10-19 1${index % 2}:${minutes}:3${index % 10},${index % 3 === 0 ? 3 : 1},1,${index % 8},0,1`;
  });
  writeFileSync(file, [header, ...rows, rows[0], ''].join('\n'));
  const relayDrivers = yiwu.zones[0]?.stations.map((station) => {
    return { station, zone: 'yiwu', licence: 'A2', count: 7, shift: { from: '06:00', hours: 12 } };
  });
  const rates = {
    ...yiwu.rates,
    decline: 0.2,
    noShow: 0.1,
    checkFails: 0.2,
    hold: 0.2,
    sealMismatch: 0.1,
    nobodyThere: 0.2,
  };
  const stations = yiwu.stations.map((station) => ({ ...station, bays: 1 }));
  writeFileSync(scenario, JSON.stringify({ ...yiwu, id: 'small', stations, relayDrivers, rates }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const commandLine = (out: string): string[] => [
  main,
  'replay',
  file,
  '--scenario',
  scenario,
  '--seed',
  '7',
  '--out',
  join(folder, out),
];

const run = (...args: string[]) => spawnSync(process.execPath, args, { encoding: 'utf8', env: environment });

const linesOf = (out: string): string[] =>
  readFileSync(join(folder, out, 'events.ndjson'), 'utf8')
    .trimEnd()
    .split('\n');

/** As the issue asks: all but what tells one run from another. */
function essenceOf(out: string): object[] {
  return linesOf(out).map((line) => {
    const event = JSON.parse(line) as Partial<Record<keyof YizhanEvent, unknown>>;
    for (const own of ['recordedtime', 'traceparent', 'prevhash'] as const) delete event[own];
    return event;
  });
}

const reportOf = (out: string): ReplayReport =>
  JSON.parse(readFileSync(join(folder, out, 'report.json'), 'utf8')) as ReplayReport;

/** Kills the process after `milliseconds`. @returns whether it was still running then. */
async function killAfter(out: string, milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, commandLine(out), { env: environment, stdio: 'ignore' });
  const ended = once(child, 'exit');
  await Promise.race([ended, pause(milliseconds)]);
  const isRunning = child.exitCode === null;
  child.kill('SIGKILL');
  await ended;
  return isRunning;
}

test('a replay accounts for every arrival, keeps the ten promises, and writes the same log after kills', async () => {
  const whole = run(...commandLine('whole'), '--keep');
  expect([whole.stderr, whole.status]).toEqual([expect.stringContaining('events.ndjson'), 0]);
  expect(whole.stdout).toContain('24 rows = 24 departed + 0 open + 0 cancelled: every row is accounted for');
  expect(reportOf('whole')).toMatchObject({
    file: { cargoExits: 25, duplicatesDropped: 1, used: 24 },
    returns: { inZone: [], atStation: [] },
  });
  const verified = run(main, 'verify', join(folder, 'whole', 'events.ndjson'));
  expect([verified.stdout.split('\n').at(-2), verified.status]).toEqual([
    expect.stringContaining('every rule holds'),
    0,
  ]);
  expect(faultsIn(linesOf('whole'))).toEqual([]);
  const again = run(main, 'decisions', '--data', join(folder, 'whole', 'data'), '--json');
  const decided = JSON.parse(again.stdout) as { decisions: number };
  expect(decided.decisions).toBeGreaterThan(24);
  expect(decided).toEqual({ areas: 1, decisions: decided.decisions, same: decided.decisions, differences: [] });

  let kills = 0;
  for (const milliseconds of [2_200, 2_900, 3_300, 2_700]) if (await killAfter('killed', milliseconds)) kills += 1;
  const rest = run(...commandLine('killed'));
  expect([rest.stderr, rest.status]).toEqual([expect.stringContaining('events.ndjson'), 0]);
  expect(kills).toBeGreaterThan(0);
  expect(essenceOf('killed')).toEqual(essenceOf('whole'));
  expect(reportOf('killed')).toEqual(reportOf('whole'));
}, 120_000);

test('bad input is one line and exit code 2, and nothing is written', () => {
  const broken = join(folder, 'broken.csv');
  writeFileSync(broken, `${header}\n2016-10-19 10:00:00,1,1,1,0,1\n2016-10-19 10:61:00,1,1,1,0,1\n`);
  const { status, stdout, stderr } = run(main, 'replay', broken, '--out', join(folder, 'none'));
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`${broken}:3 column "time": "2016-10-19 10:61:00" is no time such as 2016-10-19 06:52:56`);
  expect(() => readFileSync(join(folder, 'none', 'replay.json'))).toThrow();
});
