import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { servicePlaces } from '@yizhan/persistence';
import { DataDirectory } from '../../apps/yizhan/src/runtime/data/data-directory.js';
import { withDatabase } from '../../apps/yizhan/src/runtime/postgres/open-database.js';
import { openPlace } from '../../apps/yizhan/src/runtime/postgres/open-place.js';
import { differences, expectedFigures, figuresByScript, keptFigures } from '../support/figures-by-script.js';

const root = resolve(__dirname, '../..');
const main = join(root, 'dist/apps/yizhan/src/main.js');
const passages = resolve(root, '../shared/data/kdd-cup-2017/tollgates-cargo-2016-10-18_24.csv');
const environment = { ...process.env, LANG: 'C', LC_ALL: '', NO_COLOR: '1', YIZHAN_TEST_PG_URL: '' };
const isFull = process.env.YIZHAN_TEST_FIGURES === 'full';
/** Real passages of half an hour; the whole day with `YIZHAN_TEST_FIGURES=full`. */
const wanted = isFull ? /^2016-10-19 / : /^2016-10-19 10:[0-2]/;

jest.setTimeout(isFull ? 3_600_000 : 300_000);

const folder = mkdtempSync(join(tmpdir(), 'figures-'));
const out = join(folder, 'out');

const run = (...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    env: environment,
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(`${args[0] ?? ''} ended with ${String(status)}: ${stderr}`);
  return stdout;
};

beforeAll(() => {
  if (!existsSync(passages)) throw new Error(`${passages} is missing: this test plays real passages`);
  const [header, ...rows] = readFileSync(passages, 'utf8').trimEnd().split('\n');
  const file = join(folder, 'passages.csv');
  writeFileSync(file, [header, ...rows.filter((row) => wanted.test(row)), ''].join('\n'));
  run('replay', file, '--scenario', 'yiwu', '--seed', '1', '--out', out, '--keep');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Every row, and the figures of both dimensions. */
async function kept() {
  const directory = new DataDirectory(join(out, 'data'));
  return withDatabase({ directory, databaseUrl: undefined, what: 'test', tell: () => undefined }, async (server) => {
    const database = await openPlace(server, servicePlaces.commandCentre, 1);
    try {
      const rows = await database.rows<{ line: string }>(
        `SELECT line FROM (SELECT c::text AS line FROM command_centre.cells c UNION ALL SELECT s::text FROM command_centre.stories s
         UNION ALL SELECT t::text FROM command_centre.throughput t
         UNION ALL SELECT h::text FROM command_centre.stations_heard h) AS rows ORDER BY line COLLATE "C"`,
      );
      const [station, carrier] = [await keptFigures(database, 'station'), await keptFigures(database, 'carrier')];
      return { rows: rows.map(({ line }) => line), station, carrier };
    } finally {
      await database.close();
    }
  });
}

it('has the figures that another program computes from the export, and has them again when it is rebuilt', async () => {
  const live = (await kept()).rows;
  const { entries } = JSON.parse(run('rebuild', '--data', join(out, 'data'), '--json')) as { entries: number };
  const lines = readFileSync(join(out, 'events.ndjson'), 'utf8').trimEnd().split('\n');
  expect(entries).toBe(lines.length);
  const { rows, ...figures } = await kept();
  expect(rows.length).toBe(live.length);
  expect(rows.filter((row, index) => row !== live[index])).toEqual([]);
  const computed = figuresByScript(lines);
  for (const dimension of ['station', 'carrier'] as const) {
    expect(differences(expectedFigures(computed, dimension), figures[dimension])).toEqual([]);
    expect(figures[dimension].size).toBeGreaterThan(50);
  }
  run('rebuild', '--data', join(out, 'data'));
  expect((await kept()).rows).toEqual(rows);
});
