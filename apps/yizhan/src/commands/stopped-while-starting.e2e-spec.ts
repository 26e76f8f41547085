import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { discardDataDirectory } from '../runtime/data/discard.js';
import { clusterOf } from '../runtime/postgres/postgres-place.js';

const main = resolve(__dirname, '../../../../dist/programs/yizhan.mjs');
const directory = new DataDirectory(join(tmpdir(), `yizhan-early-${randomUUID()}`));
const environment = { ...process.env, LANG: 'C', LC_ALL: '', YIZHAN_TEST_PG_URL: '' };
/** Two seconds are promised; this machine may be busy with other tests. */
const within = 4_000;

jest.setTimeout(180_000);

afterAll(() => discardDataDirectory(directory));

function begin() {
  const args = [main, 'start', '--scenario', 'yiwu', '--data', directory.path, '--port', '0', '--json'];
  const child = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const ready = once(child.stdout.setEncoding('utf8'), 'data') as Promise<[string]>;
  return { child, ended: once(child, 'exit') as Promise<[number | null]>, ready, said: () => said };
}

async function untilThereIs(file: string): Promise<void> {
  while (!existsSync(file)) await new Promise((done) => setTimeout(done, 5));
}

const cluster = clusterOf(directory);

it.each([
  ['as its database is being made', join(`${cluster}.new`, 'base')],
  ['as the database has just begun', join(cluster, 'postmaster.pid')],
])('a first start that is told to stop %s ends soon, with a line that says so', async (_, file) => {
  const { child, ended, said } = begin();
  await untilThereIs(file);
  const told = performance.now();
  child.kill('SIGINT');
  const [code] = await ended;
  expect(performance.now() - told).toBeLessThan(within);
  expect(code).toBe(130);
  expect(said()).toContain('stopped before it was ready: nothing is half made, and the next start goes on');
  expect(said()).not.toMatch(/fault|failed/i);
  expect(existsSync(`${cluster}.new.password`)).toBe(false);
});

it('the next start goes on, and stops in order', async () => {
  const { child, ended, ready, said } = begin();
  const line = await Promise.race([
    ready,
    ended.then(([code]) => Promise.reject(new Error(`${String(code)}: ${said()}`))),
  ]);
  const { address } = JSON.parse(line[0]) as { address: string };
  expect((await fetch(`${address}/api/v1/stations`)).status).toBe(401);
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(existsSync(join(cluster, 'postmaster.pid'))).toBe(false);
});
