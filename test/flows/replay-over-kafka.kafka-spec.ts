import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openTestKafka } from '@yizhan/testing';
import { verifyExport } from '../../apps/yizhan/src/verify/verify.js';

const root = resolve(__dirname, '../..');
const main = join(root, 'dist/programs/yizhan.mjs');
const passages = resolve(root, '../shared/data/kdd-cup-2017/tollgates-cargo-2016-10-18_24.csv');

jest.setTimeout(300_000);

/** Real passages of twenty busy minutes; the whole day is replayed by hand (see CONTRIBUTING). */
const minutes = /^2016-10-19 09:[01]/;

const folder = mkdtempSync(join(tmpdir(), 'yizhan-over-kafka-'));
const file = join(folder, 'passages.csv');

beforeAll(() => {
  if (!existsSync(passages)) throw new Error(`${passages} is missing: this test plays real passages`);
  const [header, ...rows] = readFileSync(passages, 'utf8').trimEnd().split('\n');
  writeFileSync(file, [header, ...rows.filter((row) => minutes.test(row)), ''].join('\n'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function replayInto(out: string, ...options: readonly string[]): { log: string; report: string } {
  const args = [main, 'replay', file, '--scenario', 'yiwu', '--seed', '1', '--out', join(folder, out), ...options];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: environment });
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  const read = (name: string): string => readFileSync(join(folder, out, name), 'utf8');
  return { log: read('events.ndjson'), report: read('report.json') };
}

const environment: NodeJS.ProcessEnv = {
  ...process.env,
  LANG: 'C',
  LC_ALL: '',
  NO_COLOR: '1',
  YIZHAN_TEST_PG_URL: '',
  YIZHAN_KAFKA_REPLICATION: '1',
  YIZHAN_KAFKA_MIN_IN_SYNC: '1',
};

it('writes the same log through a process per service and Kafka as in one process, byte for byte', async () => {
  environment.KAFKA_BROKERS = (await openTestKafka()).brokers.join(',');
  const one = replayInto('one');
  const several = replayInto('several', '--over-kafka');
  expect(several.log === one.log).toBe(true);
  expect(several.report).toBe(one.report);
  const lines = one.log.trimEnd().split('\n');
  const { events, form, rules } = await verifyExport(
    (async function* () {
      yield* lines;
    })(),
  );
  expect(events).toBeGreaterThan(1_000);
  expect([form, ...rules].filter(({ violations }) => violations > 0)).toEqual([]);
});
