import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DataDirectory } from '../runtime/data/data-directory.js';
import { discardDataDirectory } from '../runtime/data/discard.js';

const main = resolve(__dirname, '../../../../dist/programs/yizhan.mjs');
const data = join(tmpdir(), `yizhan-claim-${randomUUID()}`);
const environment = {
  ...process.env,
  LANG: 'C',
  LC_ALL: '',
  NO_COLOR: '1',
  YIZHAN_TEST_PG_URL: '',
  YIZHAN_LOG_LEVEL: 'trace',
};

jest.setTimeout(180_000);

interface Started {
  readonly child: ChildProcess;
  readonly address: string;
  readonly claim?: string;
  said(): string;
}

async function start(): Promise<Started> {
  const child = spawn(process.execPath, [main, 'start', '--data', data, '--port', '0', '--json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const line = await Promise.race([
    once(child.stdout.setEncoding('utf8'), 'data').then(([text]) => String(text)),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`it ended with ${code}: ${said}`))),
  ]);
  return { ...(JSON.parse(line) as { address: string; claim?: string }), child, said: () => said };
}

async function stop({ child }: Started): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'exit');
}

afterAll(() => discardDataDirectory(new DataDirectory(data)));

test('the link of the first start outlives a restart, which shows another, makes the first administrator once, and stands in no log', async () => {
  const first = await start();
  const [page, token] = String(first.claim).split('#token=');
  expect(page).toBe(`${first.address}/claim`);
  expect(token).toMatch(/^yzc_[0-9a-f]{64}$/);
  await stop(first);
  const second = await start();
  const [, other] = String(second.claim).split('#token=');
  expect(other).toMatch(/^yzc_[0-9a-f]{64}$/);
  expect(other).not.toBe(token);
  const password = 'correct horse battery';
  const claim = (by = token) =>
    fetch(`${second.address}/api/v1/claim`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: by, accountId: 'administrator:first', password }),
    });
  const answer = await claim();
  expect(answer.status).toBe(201);
  const session = (await answer.json()) as { token: string; refreshToken: string };
  const me = await fetch(`${second.address}/api/v1/caller`, { headers: { authorization: `Bearer ${session.token}` } });
  expect(me.headers.get('ratelimit-policy')).toBe('"caller";q=10000;w=10');
  expect(await me.json()).toMatchObject({ accountId: 'administrator:first', role: 'administrator' });
  expect((await claim()).status).toBe(403);
  expect((await claim(other)).status).toBe(403);
  await stop(second);
  const logs = [first, second].map((each) => each.said()).join('');
  for (const secret of [token, other, password, session.token, session.refreshToken])
    expect(logs).not.toContain(secret);
});
