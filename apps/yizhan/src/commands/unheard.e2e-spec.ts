import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { discardDataDirectory } from '../runtime/data/discard.js';
import { clusterOf } from '../runtime/postgres/postgres-place.js';

const main = resolve(__dirname, '../../../../dist/programs/yizhan.mjs');
const directory = new DataDirectory(join(tmpdir(), `yizhan-unheard-${randomUUID()}`));
/** Everything that happens is told, and nobody hears it. */
const environment = { ...process.env, LANG: 'C', LC_ALL: '', YIZHAN_TEST_PG_URL: '', YIZHAN_LOG_LEVEL: 'trace' };

/** Of the router, say, that comes up later. */
const notHere = '10.254.254.254';

jest.setTimeout(120_000);

afterAll(() => discardDataDirectory(directory));

it('works where what it says finds no room and the network of its tablets is not there, and stops in order with its window', async () => {
  const full = openSync('/dev/full', 'w');
  const args = [main, 'start', '--empty', '--data', directory.path, '--port', '0', '--lan', notHere, '--json'];
  const child = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'pipe', full] });
  closeSync(full);
  const ended = once(child, 'exit');
  const [line] = await Promise.race([
    once(child.stdout!.setEncoding('utf8'), 'data') as Promise<[string]>,
    ended.then(([code]) => Promise.reject(new Error(`it ended with ${String(code)}`))),
  ]);
  const { address, lan } = JSON.parse(line) as { address: string; lan?: object };
  expect(lan).toBeUndefined();
  expect((await fetch(`${address}/api/v1/stations`)).status).toBe(401);
  const postmaster = join(clusterOf(directory), 'postmaster.pid');
  expect(existsSync(postmaster)).toBe(true);

  child.stdout?.destroy();
  child.kill('SIGHUP');
  expect(await ended).toEqual([0, null]);
  expect(existsSync(postmaster)).toBe(false);
});
