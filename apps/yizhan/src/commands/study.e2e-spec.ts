import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { StudyResult } from '../study/run-study.js';

const main = resolve(__dirname, '../../../../dist/programs/yizhan.mjs');
const environment = { ...process.env, LANG: 'C', LC_ALL: '', NO_COLOR: '1', YIZHAN_TEST_PG_URL: '' };
const header = 'time,tollgate_id,direction,vehicle_model,has_etc,vehicle_type';
let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'study-'));
  file = join(folder, 'passages.csv');
  const rows = Array.from({ length: 30 }, (_, index) => {
    const minutes = String((index * 7) % 60).padStart(2, '0');
    return `2016-10-19 1${index % 3}:${minutes}:3${index % 10},${index % 3 === 0 ? 3 : 1},1,${index % 8},0,1`;
  });
  writeFileSync(file, [header, ...rows, ''].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'study', ...args], {
    encoding: 'utf8',
    env: environment,
  });
  return { code: status, stdout, stderr };
}

test('a study prints a table and writes its figures and a page, one for each pool of drivers', () => {
  const out = join(folder, 'out');
  const { code, stdout, stderr } = run(
    '--data',
    file,
    '--day',
    '2016-10-19',
    '--drivers',
    '6,3',
    '--rounds',
    '20',
    '--out',
    out,
  );
  expect([stderr, code]).toEqual([expect.stringContaining('study.html'), 0]);
  const { results } = JSON.parse(readFileSync(join(out, 'study.json'), 'utf8')) as { results: StudyResult[] };
  expect(results.map(({ trucks, driversPercent }) => [trucks, driversPercent])).toEqual([
    [30, 6],
    [30, 3],
  ]);
  for (const { yizhan } of results) expect(stdout).toContain(` ${Math.round(yizhan.weightedMinutes)} `);
  expect(readFileSync(join(out, 'study.html'), 'utf8')).toContain('<svg ');
});

test.each([
  [['--day', '2016-10-19'], '--data is missing'],
  [['--data', 'FILE'], 'give either --day or --week'],
  [['--data', 'FILE', '--day', '2016-10-32'], '--day: 2016-10-32 is no day'],
  [['--data', 'FILE', '--week', '--drivers', '80,none'], '--drivers: none is no whole number from 1 to 100'],
  [['--worst-cases', '--week'], '--worst-cases is a study of its own'],
])('%j is refused in a line, and nothing is written', (args, message) => {
  const out = join(folder, 'none');
  const { code, stdout, stderr } = run(...args.map((arg) => (arg === 'FILE' ? file : arg)), '--out', out);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(existsSync(out)).toBe(false);
});
