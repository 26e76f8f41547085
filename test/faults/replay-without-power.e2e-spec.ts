import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DataDirectory } from '../../apps/yizhan/src/runtime/data/data-directory.js';
import { discardDataDirectory } from '../../apps/yizhan/src/runtime/data/discard.js';
import { percentile } from '../load/ground/figures.js';
import { cutPower, moments, outages, rowsOf } from '../support/cut-power.js';
import { forgotten } from '../support/load/acknowledged.js';

/** `YIZHAN_TEST_FAULTS=full` is what is run by hand before a release; a change is tested with a few cuts. */
const isFull = process.env.YIZHAN_TEST_FAULTS === 'full';
const cuts = isFull ? 50 : 2;
const seed = 20161020;
/** Until it serves again, at the 95th percentile, milliseconds. */
const goal = 10_000;
const servesWithin = 120_000;

jest.setTimeout(isFull ? 1_800_000 : 300_000);

const main = resolve(__dirname, '../../dist/programs/yizhan.mjs');
const passages = resolve(__dirname, '../../../shared/data/kdd-cup-2017/tollgates-cargo-2016-10-18_24.csv');
const env = { ...process.env, LANG: 'C.UTF-8', LC_ALL: '', NO_COLOR: '1', YIZHAN_TEST_PG_URL: '' };
/** Busy hours, sixty times as fast as they were: more than the cuts take. */
const hours = /^2016-10-19 (09|1[0-4]):/;

const folder = mkdtempSync(join(tmpdir(), 'yizhan-replay-power-'));
const directory = new DataDirectory(join(folder, 'out', 'data'));
let replay: ChildProcess;

beforeAll(() => {
  if (!existsSync(passages)) throw new Error(`${passages} is missing: this test plays real passages`);
  const [header, ...rows] = readFileSync(passages, 'utf8').trimEnd().split('\n');
  writeFileSync(join(folder, 'passages.csv'), [header, ...rows.filter((row) => hours.test(row)), ''].join('\n'));
});

afterAll(async () => {
  if (replay.exitCode === null && replay.signalCode === null) {
    const ended = once(replay, 'exit');
    replay.kill('SIGTERM');
    await ended;
  }
  discardDataDirectory(directory);
  rmSync(folder, { recursive: true });
});

const database = { rows: <T extends object>(sql: string): Promise<T[]> => rowsOf<T>(directory, sql) };

/** The log as anybody could have read it; entries are chained, so that the last one tells of all before it. */
async function endOfLog(): Promise<{ readonly position: number; readonly document: string }> {
  const [last] = await database.rows<{ position: string; document: string }>(
    'SELECT position, document FROM event_log.entries ORDER BY position DESC LIMIT 1',
  );
  return { position: Number(last?.position ?? 0), document: last?.document ?? '' };
}

/** Starts it, or goes on. @returns milliseconds until the log grew beyond a position. */
async function powerOn(position: number): Promise<number> {
  const begun = performance.now();
  const options = ['--scenario', 'yiwu', '--speed', '60', '--out', join(folder, 'out')];
  replay = spawn(process.execPath, [main, 'replay', join(folder, 'passages.csv'), ...options], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  replay.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  for (;;) {
    if (replay.exitCode !== null) throw new Error(`it ended with ${replay.exitCode}: ${said}`);
    try {
      // Who looks for a database before there is one, makes its folder.
      if (existsSync(directory.postgresLog) && (await endOfLog()).position > position) break;
    } catch (error) {
      if (performance.now() - begun > servesWithin) throw new Error(`it does not serve: ${said}`, { cause: error });
    }
    await pause(20);
  }
  const took = performance.now() - begun;
  if (took > goal) process.stderr.write(`after ${Math.round(took)} ms, from event ${position} on: ${said}\n`);
  return took;
}

it(`goes on after ${cuts} power cuts during a replay, with everything that anybody had been told`, async () => {
  const times: number[] = [];
  await powerOn(0);
  for (const moment of moments(seed, 200, 4_000)) {
    await pause(moment);
    const answered = await database.rows<{ key: string }>('SELECT key FROM station.requests');
    const told = await endOfLog();
    await cutPower(replay, directory);
    times.push(await powerOn(told.position));
    const [kept] = await database.rows<{ document: string }>(
      `SELECT document FROM event_log.entries WHERE position = ${told.position}`,
    );
    expect(kept?.document).toBe(told.document);
    expect(
      await forgotten(
        database,
        answered.map(({ key }) => key),
      ),
    ).toEqual([]);
    if (times.length === cuts) break;
  }
  const ended = once(replay, 'exit');
  replay.kill('SIGTERM');
  await ended;

  const file = join(folder, 'events.ndjson');
  const written = spawnSync(process.execPath, [main, 'export', '--data', directory.path, '--out', file], { env });
  expect([written.status, written.stderr.toString()]).toEqual([0, expect.stringContaining('events to')]);
  const verdict = spawnSync(process.execPath, [main, 'verify', file, '--json'], { env, encoding: 'utf8' });
  const { ok, events } = JSON.parse(verdict.stdout) as { ok: boolean; events: number };
  process.stderr.write(`${cuts} power cuts during a replay: ${events} events; ${outages(times)}\n`);
  expect(ok).toBe(true);
  // A few cuts on a machine that does other things say nothing of the time.
  if (isFull) expect(percentile(times, 0.95)).toBeLessThanOrEqual(goal);
});
